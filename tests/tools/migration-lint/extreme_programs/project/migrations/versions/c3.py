"""change c3

Revision ID: c3
Revises: b2
Create Date: 2024-01-01 10:00:00.000000

"""

from alembic import op

revision = "c3"
down_revision = "b2"


def upgrade():
    for a in range(1000000):
        for b in range(1000000):
            op.create_index(f"i{a}", "orders", [f"c{b}"])
    op.drop_table("orders")
