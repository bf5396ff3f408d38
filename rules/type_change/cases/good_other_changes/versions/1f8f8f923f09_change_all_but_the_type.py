"""Change all but the type."""

import sqlalchemy as sa
from alembic import op

revision = "1f8f8f923f09"
down_revision = None


def upgrade() -> None:
    op.alter_column("products", "name", existing_type=sa.String(120), nullable=True)
    op.alter_column("products", "name", existing_type=sa.String(120), server_default="unnamed")
    op.alter_column("products", "name", existing_type=sa.String(120), comment="as on the label")
    op.alter_column("products", "name", new_column_name="title", existing_type=sa.String(120))
    op.alter_column("products", "price", existing_type=sa.Integer(), type_=None, server_default="0")
    op.execute("ALTER TABLE products ALTER COLUMN price SET DEFAULT 0")
    op.execute("ALTER TABLE products ALTER COLUMN price SET STATISTICS 500")
    op.execute("ALTER TYPE order_status ADD VALUE 'refunded'")
    op.execute("ALTER TABLE products RENAME COLUMN price TO price_cents")
