"""Let go of the users"""

from alembic import op

revision = "430038bd2e57"
down_revision = "27b3b4b94f8e"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_status", "orders", ["status"], postgresql_concurrently=True)
    op.drop_constraint("fk_orders_user", "orders", type_="foreignkey")
