"""What each rule has an answer to."""

import sqlalchemy as sa
from alembic import op

revision = "a2"
down_revision = "a1"


def upgrade():
    op.create_index(
        "ix_Orders_State",
        "Orders",
        ["State", sa.text("placed_at DESC")],
        schema="shop",
        if_not_exists=True,
        postgresql_where=sa.text("\"State\" <> 'done'"),
        postgresql_include=["id"],
    )
    op.execute('CREATE INDEX ON shop."Orders" (lower("State"))')
    op.create_index("ix_events_at", "events", ["at"], schema="shop")
    op.add_column("Orders", sa.Column("shop_id", sa.Integer(), sa.ForeignKey("shop.customers.id"), unique=True), schema="shop")
    op.add_column("Orders", sa.Column("note", sa.Text(), index=True), schema="shop")
    op.execute('ALTER TABLE shop."Orders" ADD FOREIGN KEY (customer_id) REFERENCES shop.customers ON DELETE SET NULL')
    op.create_check_constraint("ck_State", "Orders", "\"State\" ~ '^a:b$'", schema="shop")
    op.execute('ALTER TABLE shop."Orders" ADD COLUMN n integer CHECK (n > 0)')
    op.create_check_constraint("ck_id", "Orders", "id > 0", schema="shop", postgresql_not_valid=True)
    op.execute('ALTER TABLE shop."Orders" VALIDATE CONSTRAINT ck_id')
    op.create_unique_constraint(
        "uq_State", "Orders", ["State", "placed_at"], schema="shop", deferrable=True, initially="DEFERRED"
    )
    op.create_unique_constraint("uq_events", "events", ["id", "at"], schema="shop")
    op.create_primary_key("pk_Orders", "Orders", ["id", "customer_id"], schema="shop")
    op.execute('ALTER TABLE shop."Orders" ADD EXCLUDE USING gist (id WITH =)')
    op.drop_index("uq_eMail", table_name="customers", schema="shop")
    op.drop_index("ix_State", table_name="Orders", schema="shop")
    op.drop_constraint("fk_customer", "Orders", schema="shop", type_="foreignkey")
    op.execute('REINDEX TABLE shop."Orders"')
    op.drop_index("ix_gone", schema="shop", postgresql_concurrently=True)
    with op.get_context().autocommit_block():
        op.execute('CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "uq_Note" ON shop."Orders" (note) NULLS NOT DISTINCT')
