"""Log"""

import sqlalchemy as sa
from alembic import op

revision = "202c6653fcba"
down_revision = None


def upgrade() -> None:
    op.create_table("log", sa.Column("line", sa.Text()))
