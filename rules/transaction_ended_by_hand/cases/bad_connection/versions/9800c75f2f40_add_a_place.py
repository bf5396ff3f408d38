"""Add a place"""

import sqlalchemy as sa
from alembic import op

revision = "9800c75f2f40"
down_revision = "c33e87d37455"


def upgrade() -> None:
    op.add_column("orders", sa.Column("place", sa.Text()))
    op.get_context().bind.rollback()
