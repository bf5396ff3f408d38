"""Exchange the key."""

from alembic import op

revision = "62e82d96a368"
down_revision = "6e0207a42179"


def upgrade() -> None:
    op.execute("ALTER TABLE orders DROP CONSTRAINT orders_pkey, ADD CONSTRAINT orders_pkey PRIMARY KEY (id, total)")
