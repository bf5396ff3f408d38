"""c3

Revision ID: c3
Revises: b2
Create Date: 2024-01-03 10:00:00
"""
from alembic import op

revision = "c3"
(down_revision, x) = ("b2", 1)


def upgrade() -> None:
    op.create_table('t')


def downgrade() -> None:
    pass
