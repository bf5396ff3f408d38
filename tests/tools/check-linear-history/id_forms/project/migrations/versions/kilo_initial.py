"""change kilo

Revision ID: kilo
Revises: wxyz0987
Create Date: 2024-01-07 10:00:00

"""

revision = "kilo"
down_revision = "wxyz0987"


def upgrade():
    pass
