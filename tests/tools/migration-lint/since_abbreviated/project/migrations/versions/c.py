"""change 0f6c9ae25d18

Revision ID: 0f6c9ae25d18
Revises: 5c1f83d4a6e1
Create Date: 2024-01-01 10:00:00.000000

"""

from alembic import op

revision = "0f6c9ae25d18"
down_revision = "5c1f83d4a6e1"


def upgrade():
    op.drop_column("orders", "fax")
