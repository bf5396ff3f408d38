"""Make the table here."""

import sqlalchemy as sa
from alembic import op

revision = "ef12fdd3e94f"
down_revision = None


def upgrade() -> None:
    op.create_table("returns", sa.Column("id", sa.Integer, primary_key=True))
    op.add_column("returns", sa.Column("reason", sa.Text(), nullable=False))
    op.execute("CREATE TABLE refunds (id bigint PRIMARY KEY, note text)")
    op.execute("ALTER TABLE refunds ALTER COLUMN note SET NOT NULL")
