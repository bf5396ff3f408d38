"""b2

Revision ID: b2
Revises: a1
Create Date: 2024-01-02 10:00:00
"""
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade() -> None:
    op.drop_column("users", "age")  # gauger: ignore[index-not-concurent, destructive-operation] because
    op.drop_column("users", "name")  # gauger: ignore[destructive-operation, index-not-concurrent] because
    op.drop_column("users", "nick")  # gauger: ignore[destructive-operatio]


def downgrade() -> None:
    pass
