"""b2

Revision ID: b2
Revises: a1
Create Date: 2024-01-02 10:00:00
"""
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade() -> None:
    op.drop_table("users")


def downgrade() -> None:
    pass
