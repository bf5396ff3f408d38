"""change c3

Revision ID: c3
Revises: b2
Create Date: 2024-01-01 10:00:00.000000

"""

from app.loop import retire

revision = "c3"
down_revision = "b2"


def upgrade():
    retire("orders", "pager")
