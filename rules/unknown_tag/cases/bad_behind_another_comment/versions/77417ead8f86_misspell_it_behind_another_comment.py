"""Misspell it behind another comment."""

from alembic import op

revision = "77417ead8f86"
down_revision = None


def upgrade() -> None:
    op.drop_column("orders", "fax")  # noqa: E501  # destructive: aproved
    op.drop_column("orders", "telex")  #destructive:aproved
