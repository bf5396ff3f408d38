"""change r005

Revision ID: r005
Revises: r004
Create Date: 2024-01-02 25:00:00

"""

revision = "r005"
down_revision = "r004"


def upgrade():
    pass
