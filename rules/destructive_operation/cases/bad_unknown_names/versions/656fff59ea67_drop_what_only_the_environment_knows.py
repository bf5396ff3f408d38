"""Drop what only the environment knows."""

import os

from alembic import op

revision = "656fff59ea67"
down_revision = None

SCHEMA = os.environ.get("SHOP_SCHEMA", "public")


def upgrade() -> None:
    op.drop_table("coupons", schema=SCHEMA)
    op.execute(f"DROP TABLE {SCHEMA}.visits")
    op.execute(f"ALTER TABLE {SCHEMA}.customers DROP COLUMN fax")
