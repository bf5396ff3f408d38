"""change abcd0002

Revision ID: abcd0002
Revises: abcd0001
Create Date: 2024-01-02 10:00:00.000000

"""

revision = "abcd0002"
down_revision = "abcd0001"


def upgrade():
    pass
