"""Codes have a key"""

from alembic import op

revision = "d6182f7ab059"
down_revision = "9a03e5d84c71"


def upgrade() -> None:
    op.execute("ALTER TABLE codes ADD PRIMARY KEY USING INDEX codes_pkey")
