"""::error::[31mred‮txt

Revision ID: a1]0;owned
Revises:
Create Date: 2024-01-01 10:00:00.000000

"""

revision = """a1]0;owned"""
down_revision = None


def upgrade():
    pass
