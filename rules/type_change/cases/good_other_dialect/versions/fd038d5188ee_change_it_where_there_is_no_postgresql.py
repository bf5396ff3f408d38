"""Change it where there is no PostgreSQL."""

import sqlalchemy as sa
from alembic import op

revision = "fd038d5188ee"
down_revision = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "mysql":
        op.alter_column("products", "data", existing_type=sa.Text(), type_=sa.JSON())
    op.create_index("ix_products_data", "products", ["data"])
