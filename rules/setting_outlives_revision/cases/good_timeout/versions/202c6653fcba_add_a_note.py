"""Add a note"""

import sqlalchemy as sa
from alembic import op

revision = "202c6653fcba"
down_revision = "7d73574e57af"


def upgrade() -> None:
    op.execute("SET lock_timeout = '3s'")
    op.add_column("orders", sa.Column("note", sa.Text()))
