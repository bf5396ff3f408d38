"""change c3

Revision ID: c3
Revises: b2c3, \u202egone
Create Date: 2024-01-03 10:00:00.000000

"""

revision = "c3"
down_revision = ("b2c3", "\u202egone")


def upgrade():
    pass
