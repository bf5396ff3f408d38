"""Drop"""

from alembic import op

revision = "0c7048e8bce9"
down_revision = "69b739e317de"


def upgrade() -> None:
    op.drop_constraint("uq_users_mail", "users", type_="unique")
    op.drop_index("ux_orders", "orders")
