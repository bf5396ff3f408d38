"""%0A::warning::`</td>|x

Revision ID: b2c3\n::error::x\x1b[1m
Revises:
Create Date: 2024-01-02 10:00:00.000000

"""

revision = "b2c3\n::error::x\x1b[1m"
down_revision = None


def upgrade():
    pass
