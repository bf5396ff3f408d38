"""Stamp in another way"""

from alembic import op

revision = "31efa9add167"
down_revision = "ef7bb29098ba"


def upgrade() -> None:
    op.execute("CREATE OR REPLACE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN old; END'")
