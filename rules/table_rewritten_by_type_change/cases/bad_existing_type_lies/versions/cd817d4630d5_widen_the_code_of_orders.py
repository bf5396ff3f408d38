"""Widen the code of orders"""

import sqlalchemy as sa
from alembic import op

revision = "cd817d4630d5"
down_revision = "f2d10a63b5bc"


def upgrade() -> None:
    op.alter_column("orders", "code", existing_type=sa.String(20), type_=sa.String(40))
