"""Create users"""

from alembic import op

revision = "5c0de20c88b6"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TABLE users (id bigint, name text)")
    op.execute("CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'")
    op.execute("CREATE TRIGGER old_stamp BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION stamp()")
