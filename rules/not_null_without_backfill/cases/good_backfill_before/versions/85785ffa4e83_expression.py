"""Fill it with SQLAlchemy's update."""

import sqlalchemy as sa
from alembic import op

revision = "85785ffa4e83"
down_revision = "2eb20d33b79e"

products = sa.table("products", sa.column("weight", sa.Integer), sa.column("color", sa.String))
lines = sa.Table("lines", sa.MetaData(), sa.Column("note", sa.Text))


def upgrade() -> None:
    op.execute(products.update().where(products.c.weight.is_(None)).values(weight=1))
    op.alter_column("products", "weight", nullable=False)
    op.get_bind().execute(sa.update(lines).where(lines.c.note == sa.null()).values(note=""))
    op.alter_column("lines", "note", nullable=False)
