"""change 001

Revision ID: 001
Revises: 0
Create Date: 2024-01-02 10:00:00

"""

revision = "001"
down_revision = "0"


def upgrade():
    pass
