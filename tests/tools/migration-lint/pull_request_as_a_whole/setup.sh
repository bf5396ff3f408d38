git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
cat > migrations/versions/b2_keys.py <<'END'
"""b2: c3 has the index of customer_id; nobody has one of payer_id. fk_payer is valid in c3, ck_total in the next pull request."""

from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade() -> None:
    op.create_foreign_key("fk_customer", "orders", "customers", ["customer_id"], ["id"], postgresql_not_valid=True)
    op.create_foreign_key("fk_payer", "orders", "customers", ["payer_id"], ["id"], postgresql_not_valid=True)
    op.create_check_constraint("ck_total", "orders", "id < 9", postgresql_not_valid=True)
END
cat > migrations/versions/c3_index.py <<'END'
"""c3"""

from alembic import op

revision = "c3"
down_revision = "b2"


def upgrade() -> None:
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT fk_payer")
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_customer_id", "orders", ["customer_id"], postgresql_concurrently=True)
END
cat > migrations/versions/d4_comment.py <<'END'
"""d4"""

from alembic import op

revision = "d4"
down_revision = "c3"


def upgrade() -> None:
    op.create_table_comment("orders", "what was bought")
END
git add --all
git commit --quiet --message=x
