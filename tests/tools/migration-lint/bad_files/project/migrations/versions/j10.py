"""change j10

Revision ID: j10
Revises: g7
Create Date: 2024-01-01 10:00:00.000000

"""

revision = "j10"
down_revision = "g7"


def upgrade():
    return 1 +


def downgrade():
    this is not python
