"""change bom

Revision ID: bom
Revises: coding
Create Date: 2024-02-04 10:00:00

"""

revision = "bom"
down_revision = "coding"


def upgrade():
    pass
