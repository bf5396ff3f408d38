"""Fill the column too late."""

import sqlalchemy as sa
from alembic import op

revision = "5200dced451c"
down_revision = None


def upgrade() -> None:
    op.alter_column("customers", "display_name", nullable=False)
    op.execute("UPDATE customers SET display_name = email WHERE display_name IS NULL")
    op.add_column("orders", sa.Column("reference", sa.Uuid(), nullable=False))
    op.execute("UPDATE orders SET reference = gen_random_uuid()")
