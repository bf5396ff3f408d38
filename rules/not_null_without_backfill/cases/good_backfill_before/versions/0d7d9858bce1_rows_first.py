"""Put the rows there first."""

import sqlalchemy as sa
from alembic import op

revision = "0d7d9858bce1"
down_revision = "a35b041cb512"


def upgrade() -> None:
    grades = sa.table("grades", sa.column("code"), sa.column("label"))
    op.bulk_insert(grades, [{"code": "a", "label": "A"}])
    op.alter_column("grades", "label", nullable=False)
    op.execute("INSERT INTO shelves (id, label) SELECT id, name FROM aisles")
    op.alter_column("shelves", "label", nullable=False)
