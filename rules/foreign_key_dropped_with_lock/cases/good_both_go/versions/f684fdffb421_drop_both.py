"""Drop both."""

from alembic import op

revision = "f684fdffb421"
down_revision = "99c352e3284c"


def upgrade() -> None:
    op.drop_table("orders")
    op.drop_table("customers")
