"""Change b2

Revision ID: b2
Revises: a1
Create Date: 2024-01-02 10:00:00

"""
import sqlalchemy as sa
from alembic import op

revision = "b2"
down_revision = "a1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("cb2", sa.Integer()))


def downgrade() -> None:
    op.drop_column("users", "cb2")
