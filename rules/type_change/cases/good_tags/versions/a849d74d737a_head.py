"""Grant all changes of type."""

import sqlalchemy as sa
from alembic import op

revision = "a849d74d737a"
down_revision = "5d053dcd9b4e"

# type-change: approved the shop is not open yet


def upgrade() -> None:
    op.alter_column("products", "sku", type_=sa.Text())
    op.execute("ALTER TABLE products ALTER COLUMN price TYPE bigint")
