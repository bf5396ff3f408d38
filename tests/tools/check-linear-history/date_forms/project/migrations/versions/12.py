"""change r012

Revision ID: r012
Revises: r011
Create Date: 2024-01-04 10:00:00 written by hand

"""

revision = "r012"
down_revision = "r011"


def upgrade():
    pass
