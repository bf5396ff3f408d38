"""change r007

Revision ID: r007
Revises: r006
Create Date: 2024-01-03 12:00:00.7+0200

"""

revision = "r007"
down_revision = "r006"


def upgrade():
    pass
