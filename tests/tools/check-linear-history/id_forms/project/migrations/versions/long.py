"""change 1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d

Revision ID: 1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d
Revises: trailing_
Create Date: 2024-01-09 10:00:00

"""

revision = "1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d"
down_revision = "trailing_"


def upgrade():
    pass
