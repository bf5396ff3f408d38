"""Widen the columns of orders"""

import sqlalchemy as sa
from alembic import op

revision = "0794fd6c8447"
down_revision = "8ca685bec2f1"


def upgrade() -> None:
    op.alter_column("orders", "code", existing_type=sa.String(50), type_=sa.String(100))
    op.alter_column("orders", "price", existing_type=sa.Numeric(10, 2), type_=sa.Numeric(12, 2))
    op.execute("ALTER TABLE orders ALTER COLUMN code TYPE text USING code::text")
