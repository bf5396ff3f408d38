"""change wxyz0987

Revision ID: wxyz0987
Revises: 20210113_182045
Create Date: 2024-01-06 10:00:00

"""

revision = "wxyz0987"
down_revision = "20210113_182045"


def upgrade():
    pass
