"""Misspell what ignores."""

from alembic import op

revision = "d879ab184c78"
down_revision = None


def upgrade() -> None:
    op.drop_column("orders", "fax")  # gauger: ignore
    op.drop_column("orders", "telex")  # gauger: ignore destructive-operation
    op.drop_column("orders", "pager")  # gauger: ignore[destructive-operation
    op.drop_column("orders", "skype")  # gauger ignore[destructive-operation]
    op.drop_column("orders", "icq")  # gauger: disable[destructive-operation]
    op.drop_column("orders", "msn")  # guager: ignore[destructive-operation]
    op.drop_column("orders", "aim")  # gauger: noqa
