"""change r008

Revision ID: r008
Revises: r007
Create Date: 2024-01-03 12:00:00.8+02

"""

revision = "r008"
down_revision = "r007"


def upgrade():
    pass
