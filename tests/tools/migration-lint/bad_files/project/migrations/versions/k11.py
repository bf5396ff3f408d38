"""change k11

Revision ID: k11
Revises: j10
Create Date: 2024-01-01 10:00:00.000000

"""

from alembic import op

revision = "k11"
down_revision = "j10"


def upgrade():
    op.drop_column("orders", "pager")
