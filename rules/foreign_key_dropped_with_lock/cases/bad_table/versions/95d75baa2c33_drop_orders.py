"""Drop orders."""

from alembic import op

revision = "95d75baa2c33"
down_revision = "48b8934faad2"


def upgrade() -> None:
    # destructive: approved nobody has ordered anything
    op.drop_table("orders")
