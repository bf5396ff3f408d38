"""Number the orders."""

from alembic import op

revision = "4af125dc0311"
down_revision = "39e014cbf200"


def upgrade() -> None:
    # destructive: approved
    op.execute("ALTER TABLE orders ADD PRIMARY KEY (number), DROP COLUMN id")
