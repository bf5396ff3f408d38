"""Fill the table of another schema."""

from alembic import op

revision = "19cb5445dd9e"
down_revision = None


def upgrade() -> None:
    op.execute("UPDATE archive.customers SET country = 'DE' WHERE country IS NULL")
    op.alter_column("customers", "country", nullable=False, schema="shop")
