"""change r001

Revision ID: r001
Revises: r000
Create Date: 2024-02-30 10:00:00

"""

revision = "r001"
down_revision = "r000"


def upgrade():
    pass
