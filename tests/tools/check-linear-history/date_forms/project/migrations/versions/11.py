"""change r011

Revision ID: r011
Revises: r010
Create Date: 2024-01-03 10:00:02 .5

"""

revision = "r011"
down_revision = "r010"


def upgrade():
    pass
