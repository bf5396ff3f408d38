"""change g7

Revision ID: g7
Revises: c3
Create Date: 2024-01-01 10:00:00.000000

"""

from alembic import op

revision = "g7"
down_revision = "c3"


def upgrade():
    op.execute('unterminated)
