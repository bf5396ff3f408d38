"""Drop what cannot go concurrently."""

from alembic import op

revision = "eb8d3ee038ae"
down_revision = "a4591d8020e2"


def upgrade() -> None:
    op.drop_index("ix_events_at", table_name="events")
    op.drop_constraint("uq_orders_reference", "orders", type_="unique")
    op.drop_index("ix_orders_gone", table_name="orders", if_exists=True)
