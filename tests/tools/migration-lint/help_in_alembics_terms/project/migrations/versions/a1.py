"""Tables in a schema, with names that need quotes, and a partitioned one."""

from alembic import op

revision = "a1"
down_revision = None


def upgrade():
    op.execute('CREATE TABLE shop.customers (id bigint PRIMARY KEY, "eMail" text CONSTRAINT "uq_eMail" UNIQUE)')
    op.execute(
        """
        CREATE TABLE shop."Orders" (
            id bigint NOT NULL,
            customer_id bigint CONSTRAINT fk_customer REFERENCES shop.customers,
            "State" text,
            placed_at timestamptz
        );
        CREATE INDEX "ix_State" ON shop."Orders" ("State");
        CREATE TABLE shop.events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
        CREATE TABLE shop.events_2025 PARTITION OF shop.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
        """
    )
