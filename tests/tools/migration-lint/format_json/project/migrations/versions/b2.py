"""change b2

Revision ID: b2
Revises: a1
Create Date: 2024-01-01 10:00:00.000000

"""

import sqlalchemy as sa
from alembic import op

from app.helpers import retire

revision = "b2"
down_revision = "a1"


def upgrade():
    retire("orders", "fax")
    op.execute("UPDATE lines SET note = ''")
    op.alter_column("orders", "note", nullable=False)


def downgrade():
    op.add_column("orders", sa.Column("fax", sa.Text()))
