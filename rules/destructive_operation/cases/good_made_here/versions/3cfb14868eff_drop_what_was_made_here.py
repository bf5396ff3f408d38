"""Drop what was made here."""

import sqlalchemy as sa
from alembic import op

revision = "3cfb14868eff"
down_revision = None


def upgrade() -> None:
    op.create_table("moved", sa.Column("id", sa.Integer, primary_key=True), sa.Column("place", sa.Text))
    op.execute("INSERT INTO moved SELECT id, place FROM stock")
    op.execute("UPDATE stock SET place = m.place FROM moved m WHERE m.id = stock.id")
    op.drop_table("moved")
    op.execute("CREATE TEMPORARY TABLE seen (id integer) ON COMMIT DROP")
    op.execute("TRUNCATE seen")
    op.execute("DROP TABLE seen")
    op.add_column("stock", sa.Column("old_place", sa.Text))
    op.execute("UPDATE stock SET old_place = place WHERE id < 10")
    op.drop_column("stock", "old_place")
