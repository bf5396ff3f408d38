"""Change what is not checked."""

from alembic import op

revision = "2b22158fb02b"
down_revision = "0275cbcb479e"


def upgrade() -> None:
    op.execute("ALTER TABLE orders ADD CONSTRAINT ck_orders_total CHECK (total >= 0) NOT VALID, ALTER customer_id SET NOT NULL")
    op.execute("ALTER TABLE orders ADD CONSTRAINT ck_orders_id CHECK (id > 0) NOT ENFORCED")
    op.create_check_constraint("ck_legacy", "legacy", "n > 0")
