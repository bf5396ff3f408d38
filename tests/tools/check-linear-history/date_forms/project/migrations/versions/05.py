"""change r005

Revision ID: r005
Revises: r004
Create Date: 2024-01-03 10:00:00.501001

"""

revision = "r005"
down_revision = "r004"


def upgrade():
    pass
