"""change all3

Revision ID: all3
Revises: left, mid, right
Create Date: 2024-01-07 10:00:00

"""

revision = "all3"
down_revision = ("left", "mid", "right")


def upgrade():
    pass
