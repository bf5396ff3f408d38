"""Fill it in batches."""

import sqlalchemy as sa
from alembic import op

revision = "c12dd0645a70"
down_revision = "85785ffa4e83"


def upgrade() -> None:
    connection = op.get_bind()
    while True:
        done = connection.execute(
            sa.text(
                "UPDATE visits SET page = '/' WHERE id IN (SELECT id FROM visits WHERE page IS NULL LIMIT 5000)"
            )
        )
        if done.rowcount == 0:
            break
    op.alter_column("visits", "page", nullable=False)
    for low in range(0, 30_000, 10_000):
        op.execute(f"UPDATE baskets SET owner = 0 WHERE id BETWEEN {low} AND {low + 9_999}")
    op.alter_column("baskets", "owner", nullable=False)
