"""Add a column and rename it"""

import sqlalchemy as sa
from alembic import op

revision = "e381bb34a66b"
down_revision = "5fed7e297002"


def upgrade() -> None:
    op.add_column("users", sa.Column("phone", sa.Text()))
    op.alter_column("users", "phone", new_column_name="mobile")
