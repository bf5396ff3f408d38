"""Change a1

Revision ID: a1
Revises: 
Create Date: 2024-01-01 10:00:00

"""
import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("ca1", sa.Integer()))


def downgrade() -> None:
    op.drop_column("users", "ca1")
