"""change a1

Revision ID: a1
Revises:
Create Date: 2024-01-01 10:00:00.000000

"""

from alembic import op

revision = "a1"
down_revision = None


def upgrade():
    op.create_index("ix_orders_note", "orders", ["note"])
    # destructive: approved
    op.create_index('i', 't', ['c'])
