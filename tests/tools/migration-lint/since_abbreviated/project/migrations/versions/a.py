"""change 5c1f0e7d92ab

Revision ID: 5c1f0e7d92ab
Revises:
Create Date: 2024-01-01 10:00:00.000000

"""

from alembic import op

revision = "5c1f0e7d92ab"
down_revision = None


def upgrade():
    op.drop_column("orders", "fax")
