"""c9

Revision ID: c9
Revises: c2
Create Date: 2024-01-06 10:00:00
"""
from alembic import op

revision = "c9"
down_revision = "c2"


def upgrade() -> None:
    op.create_table('t')


def downgrade() -> None:
    pass
