"""Make keys"""

from alembic import op

revision = "9cb9472ab182"
down_revision = "80bb46ec7f09"


def upgrade() -> None:
    op.execute("ALTER TABLE orders ADD CONSTRAINT uq_a UNIQUE USING INDEX ix_plain")
    op.execute("ALTER TABLE orders ADD CONSTRAINT uq_b UNIQUE USING INDEX uq_partial")
    op.execute("ALTER TABLE orders ADD CONSTRAINT uq_c UNIQUE USING INDEX uq_expression")
    op.execute("ALTER TABLE orders ADD CONSTRAINT uq_d UNIQUE USING INDEX orders_pkey")
    op.execute("ALTER TABLE orders ADD CONSTRAINT uq_e UNIQUE USING INDEX uq_nowhere")
