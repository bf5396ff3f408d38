"""Log"""

import sqlalchemy as sa
from alembic import op

revision = "933bcf7b8007"
down_revision = None


def upgrade() -> None:
    op.create_table("log", sa.Column("line", sa.Text()))
