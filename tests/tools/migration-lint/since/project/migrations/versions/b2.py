"""change b2

Revision ID: b2
Revises: a1
Create Date: 2024-01-01 10:00:00.000000

"""

from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
    op.drop_column("orders", "telex")
