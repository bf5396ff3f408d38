git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
cat > migrations/versions/c3_lines.py <<'END'
"""c3"""

import sqlalchemy as sa
from alembic import op

revision = "c3"
down_revision = "b2"


def upgrade() -> None:
    op.create_table("lines", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("sku", sa.Text()))
    op.create_foreign_key("fk_self", "orders", "orders", ["id"], ["id"], postgresql_not_valid=True)
END
cat > migrations/versions/d4_index.py <<'END'
"""d4: the table is new in the same pull request, and fk_self is validated in the transaction that c3 began."""

from alembic import op

revision = "d4"
down_revision = "c3"


def upgrade() -> None:
    op.create_index("ix_lines_sku", "lines", ["sku"])
    op.create_index("ix_orders_again", "orders", ["id", "status"])
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT fk_self")
END
git add --all
git commit --quiet --message=x
