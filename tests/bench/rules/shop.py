"""What every case of the collection stands on: a shop that is in use."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "shop"
down_revision = None


def upgrade():
    op.execute("CREATE DOMAIN percentage AS integer CHECK (VALUE >= 0)")
    op.execute("CREATE SCHEMA legacy")
    op.execute("CREATE TABLE legacy.memos (id integer PRIMARY KEY, memo text)")
    op.execute("CREATE DOMAIN label AS text")
    op.execute("CREATE TYPE unused_kind AS ENUM ('a', 'b')")
    op.create_table(
        "customers",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.String(120), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.String(20), nullable=True),
        sa.Column("country", sa.String(2), nullable=True),
        sa.Column("joined", sa.DateTime(timezone=True), server_default=sa.func.now()),
        sa.Column("balance", sa.Numeric(8, 2), nullable=True),
        sa.Column("plan", sa.Enum("free", "paid", name="plan"), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("referrer_id", sa.Integer(), nullable=True),
        sa.UniqueConstraint("email", name="uq_customers_email"),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(40), nullable=True),
        sa.Column("total", sa.Numeric(10, 2), nullable=True),
        sa.Column("placed", sa.DateTime(), nullable=True),
        sa.Column("state", sa.String(20), nullable=False, server_default="new"),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("code", sa.CHAR(8), nullable=True),
        sa.Column("item_count", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_orders_customer"),
    )
    op.create_index("ix_orders_state", "orders", ["state"])
    op.create_index("ix_orders_placed_state", "orders", ["placed", "state"])
    op.create_table(
        "order_lines",
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(30), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("price", sa.Numeric(8, 2), nullable=True),
        sa.PrimaryKeyConstraint("order_id", "line", name="pk_order_lines"),
    )
    op.create_table(
        "products",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sku", sa.String(30), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=True),
        sa.Column("attributes", sa.JSON(), nullable=True),
        sa.Column("released", sa.Date(), nullable=True),
        sa.Column("address", postgresql.CIDR(), nullable=True),
        sa.CheckConstraint("price > 0", name="ck_products_price"),
    )
    op.create_index("ix_products_title_lower", "products", [sa.text("lower(title)")])
    op.execute("CREATE TABLE discounts (id serial PRIMARY KEY, rate percentage, tag label)")
    op.create_table(
        "audit_log",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True),
    )
    op.execute(
        "CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at)"
    )
    op.execute(
        "CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')"
    )
    op.execute("CREATE TABLE events_rest PARTITION OF events DEFAULT")
    op.execute("CREATE TABLE readings (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at)")
    op.execute(
        "CREATE TABLE readings_2024 PARTITION OF readings"
        " FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')"
    )
    op.execute("CREATE TABLE readings_2025 (id bigint NOT NULL, at date NOT NULL)")
    op.execute(
        "CREATE TABLE readings_2026 (id bigint NOT NULL, at date NOT NULL,"
        " CONSTRAINT in_2026 CHECK (at >= '2026-01-01' AND at < '2027-01-01'))"
    )
    op.execute("CREATE VIEW order_totals AS SELECT id, total FROM orders")
    op.execute(
        "CREATE MATERIALIZED VIEW sales AS SELECT customer_id, sum(total) AS total FROM orders"
        " GROUP BY customer_id"
    )
    op.execute("CREATE UNIQUE INDEX sales_customer ON sales (customer_id)")
    op.execute(
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RETURN NEW; END $$"
    )
