"""change r010

Revision ID: r010
Revises: r009
Create Date: 2024-01-03 05:00:01 EST

"""

revision = "r010"
down_revision = "r009"


def upgrade():
    pass
