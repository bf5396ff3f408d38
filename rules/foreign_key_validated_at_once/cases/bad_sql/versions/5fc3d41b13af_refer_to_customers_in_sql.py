"""Refer to customers in SQL."""

from alembic import op

revision = "5fc3d41b13af"
down_revision = "15e0364fa8be"


def upgrade() -> None:
    op.execute("ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers ON DELETE CASCADE")
    op.execute("ALTER TABLE orders ADD COLUMN first_id integer DEFAULT 1 REFERENCES orders (id)")
