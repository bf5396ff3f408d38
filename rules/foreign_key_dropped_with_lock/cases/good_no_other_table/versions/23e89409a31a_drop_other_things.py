"""Drop other things."""

from alembic import op

revision = "23e89409a31a"
down_revision = "eac9cd5e6396"


def upgrade() -> None:
    op.drop_constraint("uq_orders_reference", "orders", type_="unique")
    op.drop_column("orders", "status")
    op.execute("ALTER TABLE orders ADD CONSTRAINT fk_self FOREIGN KEY (id) REFERENCES orders NOT VALID")
    op.drop_constraint("fk_self", "orders", type_="foreignkey")
