"""Change d4

Revision ID: d4
Revises: b2
Create Date: 2023-12-01 10:00:00

"""
import sqlalchemy as sa
from alembic import op

revision = "d4"
down_revision = "b2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("users")


def downgrade() -> None:
    op.drop_column("users", "cd4")
