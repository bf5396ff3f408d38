"""a1

Revision ID: a1
Revises: 
Create Date: 2024-01-01 10:00:00
"""
from alembic import op

revision = "a1"
down_revision = None


def upgrade() -> None:
    op.create_table('t')


def downgrade() -> None:
    pass
