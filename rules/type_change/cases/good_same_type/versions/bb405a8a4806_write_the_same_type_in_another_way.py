"""Write the same type in another way."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "bb405a8a4806"
down_revision = None


def upgrade() -> None:
    op.alter_column("products", "name", existing_type=sa.VARCHAR(length=120), type_=sa.String(length=120))
    op.alter_column("products", "price", existing_type=sa.INTEGER(), type_=sa.Integer(), nullable=True)
    op.alter_column("products", "data", existing_type=postgresql.JSONB(astext_type=sa.Text()), type_=postgresql.JSONB())
    op.alter_column("orders", "placed_at", existing_type=postgresql.TIMESTAMP(), type_=sa.DateTime())
    op.alter_column("orders", "weight", existing_type=sa.Float(), type_=sa.Double())
    op.alter_column("orders", "total", existing_type=sa.NUMERIC(precision=12, scale=2), type_=sa.Numeric(12, 2))
