"""change r002

Revision ID: r002
Revises: r001
Create Date: 2024-01-02 XX:XX

"""

revision = "r002"
down_revision = "r001"


def upgrade():
    pass
