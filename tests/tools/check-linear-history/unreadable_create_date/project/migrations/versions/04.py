"""change r004

Revision ID: r004
Revises: r003
Create Date: 2024-01-02 10:00:00 XYZ

"""

revision = "r004"
down_revision = "r003"


def upgrade():
    pass
