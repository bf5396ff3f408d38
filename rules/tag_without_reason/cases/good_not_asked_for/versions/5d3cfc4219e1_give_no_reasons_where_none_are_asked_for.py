"""Give no reasons where none are asked for."""

from alembic import op

revision = "5d3cfc4219e1"
down_revision = None


def upgrade() -> None:
    op.drop_column("orders", "fax")  # destructive: approved
