"""Drop the customers."""

from alembic import op

revision = "8e3b6f1c4d55"
down_revision = "7d2a5e0b3c44"


def upgrade() -> None:
    op.drop_table("customers")  # destructive: approved
