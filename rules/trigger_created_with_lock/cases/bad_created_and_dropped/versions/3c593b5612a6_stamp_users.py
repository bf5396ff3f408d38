"""Stamp users"""

from alembic import op

revision = "3c593b5612a6"
down_revision = "5c0de20c88b6"


def upgrade() -> None:
    op.execute("CREATE TRIGGER stamp BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION stamp()")
    op.execute("DROP TRIGGER old_stamp ON users")
