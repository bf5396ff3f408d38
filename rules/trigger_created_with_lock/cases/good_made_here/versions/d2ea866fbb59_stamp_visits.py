"""Stamp visits"""

from alembic import op

revision = "d2ea866fbb59"
down_revision = "89eca15d3b6f"


def upgrade() -> None:
    op.execute("CREATE TABLE visits (id bigint)")
    op.execute("CREATE TRIGGER stamp BEFORE UPDATE ON visits FOR EACH ROW EXECUTE FUNCTION stamp()")
