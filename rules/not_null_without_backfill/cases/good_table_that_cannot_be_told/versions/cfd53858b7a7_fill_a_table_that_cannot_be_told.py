"""Fill a table that cannot be told."""

import sqlalchemy as sa
from alembic import op

revision = "cfd53858b7a7"
down_revision = None


def upgrade() -> None:
    for table in sa.inspect(op.get_bind()).get_table_names():
        if table == "alembic_version":
            continue
        op.execute(f"UPDATE {table} SET tenant = 1 WHERE tenant IS NULL")
    op.alter_column("customers", "tenant", nullable=False)
