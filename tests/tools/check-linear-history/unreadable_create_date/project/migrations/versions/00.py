"""change r000

Revision ID: r000
Revises:
Create Date: not a date

"""

revision = "r000"
down_revision = None


def upgrade():
    pass
