"""Rename"""

from alembic import op

revision = "695cf17b2511"
down_revision = "9d72a1246e7a"


def upgrade() -> None:
    op.execute("ALTER TRIGGER touched ON orders RENAME TO orders_touched")
