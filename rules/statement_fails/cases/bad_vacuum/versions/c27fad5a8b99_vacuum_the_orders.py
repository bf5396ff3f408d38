"""Vacuum the orders."""

from alembic import op

revision = "c27fad5a8b99"
down_revision = "b16e9c4f7a88"


def upgrade() -> None:
    op.execute("VACUUM orders")
