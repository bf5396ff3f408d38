"""change trailing_

Revision ID: trailing_
Revises: kilo
Create Date: 2024-01-08 10:00:00

"""

revision = "trailing_"
down_revision = "kilo"


def upgrade():
    pass
