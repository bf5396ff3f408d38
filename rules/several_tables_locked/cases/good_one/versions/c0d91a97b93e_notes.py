"""Notes"""

import sqlalchemy as sa
from alembic import op

revision = "c0d91a97b93e"
down_revision = "1e200b921433"


def upgrade() -> None:
    op.add_column("orders", sa.Column("note", sa.Text()))
    op.add_column("orders", sa.Column("memo", sa.Text()))
