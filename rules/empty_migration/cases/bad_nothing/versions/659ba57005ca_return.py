"""Only return."""

from alembic import op

revision = "659ba57005ca"
down_revision = "9233a53744f9"


def upgrade() -> None:
    return
    op.drop_index("ix_orders")
