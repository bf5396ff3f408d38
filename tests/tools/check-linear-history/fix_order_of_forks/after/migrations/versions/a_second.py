"""c2

Revision ID: c2
Revises: c1
Create Date: 2024-01-05 10:00:02
"""
from alembic import op

revision = "c2"
down_revision = "c1"


def upgrade() -> None:
    op.create_table('t')


def downgrade() -> None:
    pass
