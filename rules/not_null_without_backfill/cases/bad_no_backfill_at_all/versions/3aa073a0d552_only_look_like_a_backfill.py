"""Only look like a backfill."""

import sqlalchemy as sa
from alembic import op

revision = "3aa073a0d552"
down_revision = None

customers = sa.table("customers", sa.column("display_name"))


def fill():
    op.execute("UPDATE customers SET display_name = email")


def upgrade() -> None:
    op.execute("SELECT id FROM customers WHERE display_name IS NULL")
    statement = "UPDATE customers SET display_name = email"
    sa.update(customers).values(display_name="?")
    op.execute("COMMENT ON TABLE customers IS 'UPDATE customers SET display_name = email'")
    op.alter_column("customers", "display_name", nullable=False)


def downgrade() -> None:
    fill()
