"""c3

Revision ID: c3
Revises: b2
Create Date: 2024-01-01 10:00:02
"""
from alembic import op

revision = "c3"
down_revision = "b2"


def upgrade() -> None:
    op.create_table('t')


def downgrade() -> None:
    pass
