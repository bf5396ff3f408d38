"""Which schema the table is in is not known here, and so neither is the table's name."""

from alembic import context, op

revision = "c1b2c3d4e5f7"
down_revision = "b1b2c3d4e5f7"


def upgrade() -> None:
    schema = context.get_context().version_table_schema
    prefix = schema + "." if schema else ""
    op.execute("ALTER TABLE " + prefix + "orders ALTER COLUMN state TYPE text")
    op.execute("DROP TYPE order_state")
