"""Unique"""

from alembic import op

revision = "69b739e317de"
down_revision = "c6fe2add72d3"


def upgrade() -> None:
    op.create_unique_constraint("uq_users_mail", "users", ["mail"])
    op.create_index("ux_orders", "orders", ["status"], unique=True)
