"""Drop the constraint."""

from alembic import op

revision = "2443f1538717"
down_revision = "48daabbcfb5e"


def upgrade() -> None:
    op.drop_constraint("uq_orders_reference", "orders", type_="unique")
