"""Sort as the database does"""

import sqlalchemy as sa
from alembic import op

revision = "c103b9c1a1d8"
down_revision = "9faf0cdb3cb2"


def upgrade() -> None:
    op.alter_column("orders", "note", existing_type=sa.Text(collation="C"), type_=sa.Text())
