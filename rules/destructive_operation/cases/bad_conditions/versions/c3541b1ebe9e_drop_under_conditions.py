"""Drop under conditions."""

import sqlalchemy as sa
from alembic import op

revision = "c3541b1ebe9e"
down_revision = None


def upgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.drop_column("customers", "fax")
    else:
        op.drop_column("customers", "never_on_postgresql")
    if sa.inspect(bind).has_table("coupons"):
        op.drop_table("coupons")
    try:
        op.drop_column("customers", "telex")
    except sa.exc.ProgrammingError:
        op.drop_table("visits")
    bind.dialect.has_table(bind, "baskets") and op.drop_table("baskets")
    if not bind.execute(sa.text("SELECT 1 FROM orders")).first():
        return
    op.drop_column("orders", "coupon")
