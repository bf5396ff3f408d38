"""Drop what the old shop left."""

from alembic import op

revision = "04130d1d5752"
down_revision = None


def upgrade() -> None:
    op.drop_table("coupons")
    op.drop_table("visits", schema="stats")
    op.drop_column("customers", "fax")
    op.drop_column(table_name="customers", column_name="telex", schema="shop")
