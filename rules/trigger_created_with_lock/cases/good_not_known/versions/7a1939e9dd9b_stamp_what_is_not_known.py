"""Stamp what is not known"""

from alembic import op

revision = "7a1939e9dd9b"
down_revision = "a158d2586981"


def upgrade() -> None:
    op.execute("CREATE TRIGGER stamp BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION stamp()")
