"""Give dashes for reasons."""

from alembic import op

revision = "64471496c28d"
down_revision = None


def upgrade() -> None:
    op.drop_column("orders", "fax")  # destructive: approved --
    op.drop_column("orders", "telex")  # destructive: approved ()
    op.drop_column("orders", "pager")  # destructive: approved  # noqa: E501
