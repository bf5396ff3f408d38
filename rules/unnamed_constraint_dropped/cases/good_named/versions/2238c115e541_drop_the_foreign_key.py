"""Drop the foreign key"""

from alembic import op

revision = "2238c115e541"
down_revision = "7f7fb2104036"


def upgrade() -> None:
    op.drop_constraint("orders_user_id_fkey", "orders", type_="foreignkey")
