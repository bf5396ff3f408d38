"""change 20210113_182045

Revision ID: 20210113_182045
Revises: v3.0.0.a
Create Date: 2024-01-05 10:00:00

"""

revision = "20210113_182045"
down_revision = "v3.0.0.a"


def upgrade():
    pass
