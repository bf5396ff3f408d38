"""a1

Revision ID: a1
Revises: 
Create Date: 2024-01-01 10:00:00
"""
from extlib.other import ext_drop as other_drop
from extlib.tables import ext_drop

revision = "a1"
down_revision = None


def upgrade() -> None:
    ext_drop("users", "name")
    other_drop("users", "nick")


def downgrade() -> None:
    pass
