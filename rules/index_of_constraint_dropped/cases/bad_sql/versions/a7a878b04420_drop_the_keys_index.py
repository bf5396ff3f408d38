"""Drop the keys index."""

from alembic import op

revision = "a7a878b04420"
down_revision = "52bef40bd355"


def upgrade() -> None:
    op.execute("DROP INDEX customers_pkey CASCADE")
