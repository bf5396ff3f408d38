"""Link orders"""

import sqlalchemy as sa
from alembic import op

revision = "f90902cbdf11"
down_revision = "923ad96ed788"


def upgrade() -> None:
    op.create_foreign_key(
        "fk_orders_user_id", "orders", "users", ["user_id"], ["id"], postgresql_not_valid=True
    )
    op.add_column("orgs", sa.Column("note", sa.Text()))
    op.add_column("orgs", sa.Column("memo", sa.Text()))
