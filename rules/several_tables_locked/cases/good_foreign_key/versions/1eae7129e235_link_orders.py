"""Link orders"""

import sqlalchemy as sa
from alembic import op

revision = "1eae7129e235"
down_revision = "d35d8d3f72d1"


def upgrade() -> None:
    op.create_foreign_key(
        "fk_orders_user_id", "orders", "users", ["user_id"], ["id"], postgresql_not_valid=True
    )
    op.add_column("orders", sa.Column("note", sa.Text()))
    op.add_column("users", sa.Column("note", sa.Text()))
