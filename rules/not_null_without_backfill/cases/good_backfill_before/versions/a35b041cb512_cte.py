"""Fill it with a CTE."""

from alembic import op

revision = "a35b041cb512"
down_revision = "41edb38b14af"


def upgrade() -> None:
    op.execute(
        """
        WITH first AS (SELECT customer_id, min(placed_at) AS placed_at FROM orders GROUP BY 1)
        UPDATE accounts SET since = first.placed_at FROM first WHERE first.customer_id = accounts.customer_id
        """
    )
    op.alter_column("accounts", "since", nullable=False)
