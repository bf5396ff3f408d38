"""Mention what is not done."""

import logging

from alembic import op

revision = "51cc221aa1cf"
down_revision = None

log = logging.getLogger("alembic.runtime.migration")


def never_called():
    op.drop_table("orders")


def upgrade() -> None:
    statement = "DROP TABLE orders"
    log.warning(statement)
    op.execute("COMMENT ON TABLE orders IS 'do not DROP TABLE orders'")
    op.execute("INSERT INTO notes (body) VALUES ('TRUNCATE orders; DROP TABLE customers')")
    op.execute("SELECT 1 -- DROP TABLE customers")
    op.execute("/* DROP TABLE customers */ UPDATE orders SET total = 0 WHERE total IS NULL")
    if False:
        op.drop_table("customers")
    if op.get_bind().dialect.name == "sqlite":
        op.drop_table("_alembic_tmp_customers")
        return
    if op.get_context().dialect.name != "postgresql":
        op.drop_table("customers_old")
    for table in []:
        op.drop_table(table)
    return
    op.drop_table("customers")
