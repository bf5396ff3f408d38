"""Tag a drop that no rule reports here."""

import sqlalchemy as sa
from alembic import op

revision = "3e08049742b8"
down_revision = None


def upgrade() -> None:
    op.create_table("moved", sa.Column("id", sa.Integer, primary_key=True))
    op.drop_table("moved")  # destructive: approved it was made above
    op.execute("UPDATE orders SET note = '' WHERE note IS NULL")
    op.alter_column("orders", "note", nullable=False)  # backfill: ok the line above has done it
    op.add_column("moved", sa.Column("place", sa.Text(), nullable=False))  # backfill: ok
