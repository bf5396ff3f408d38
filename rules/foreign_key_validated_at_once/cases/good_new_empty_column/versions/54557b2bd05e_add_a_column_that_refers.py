"""Add a column that refers."""

from alembic import op

revision = "54557b2bd05e"
down_revision = "1b2330249bcd"


def upgrade() -> None:
    op.execute("ALTER TABLE orders ADD COLUMN gift_to integer REFERENCES customers (id)")
