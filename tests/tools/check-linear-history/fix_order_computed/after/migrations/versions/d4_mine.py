"""d4

Revision ID: d4
Revises: c3
Create Date: 2024-01-04 10:00:00
"""
from alembic import op

revision = "d4"
down_revision = "c3"


def upgrade() -> None:
    op.create_table('t')


def downgrade() -> None:
    pass
