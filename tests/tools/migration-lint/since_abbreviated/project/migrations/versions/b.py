"""change 5c1f83d4a6e1

Revision ID: 5c1f83d4a6e1
Revises: 5c1f0e7d92ab
Create Date: 2024-01-01 10:00:00.000000

"""

from alembic import op

revision = "5c1f83d4a6e1"
down_revision = "5c1f0e7d92ab"


def upgrade():
    op.drop_column("orders", "fax")
