"""Fill it through a connection."""

import sqlalchemy as sa
from alembic import op

revision = "2eb20d33b79e"
down_revision = "09b7d7447854"


def upgrade() -> None:
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE customers SET country = :country"), {"country": "DE"})
    connection.exec_driver_sql("UPDATE orders SET currency = 'EUR'")
    op.alter_column("customers", "country", nullable=False)
    with op.batch_alter_table("orders") as batch_op:
        batch_op.alter_column("currency", nullable=False)
