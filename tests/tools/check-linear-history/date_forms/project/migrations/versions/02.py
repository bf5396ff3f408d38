"""change r002

Revision ID: r002
Revises: r001
Create Date: 2024-01-03 10:00:00

"""

revision = "r002"
down_revision = "r001"


def upgrade():
    pass
