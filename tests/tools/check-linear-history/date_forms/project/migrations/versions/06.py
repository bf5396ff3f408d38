"""change r006

Revision ID: r006
Revises: r005
Create Date: 2024-01-03T12:00:00.6+02:00

"""

revision = "r006"
down_revision = "r005"


def upgrade():
    pass
