"""change a1

Revision ID: a1
Revises:
Create Date: 2024-01-01 10:00:00.000000

"""

from alembic import op

revision = "a1"
down_revision = None


def upgrade():
    op.drop_column("orders", "fax\x1b[31m\n::error::owned\u202e")
    op.execute("DROP TABLE \"co|up<b>ons\x1b]0;x\x07\"")
    op.drop_table("visits")  # destructive: aproved [31m ::error::x
