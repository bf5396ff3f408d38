"""change r03

Revision ID: r03
Revises: r02
Create Date: 2024-01-04 10:00:00

"""

revision = "r03"
down_revision = "r02"


def upgrade():
    pass
