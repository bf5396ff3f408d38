"""c1

Revision ID: c1
Revises: e5
Create Date: 2024-01-05 10:00:01
"""
from alembic import op

revision = "c1"
down_revision = "e5"


def upgrade() -> None:
    op.create_table('t')


def downgrade() -> None:
    pass
