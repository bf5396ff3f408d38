"""Write users without a stamp"""

from alembic import op

revision = "fc08eb5d1b03"
down_revision = "29f943d7ccc7"


def upgrade() -> None:
    op.execute("ALTER TABLE users DISABLE TRIGGER old_stamp")
    op.execute("UPDATE users SET name = 'nobody' WHERE name IS NULL")
    op.execute("ALTER TABLE users ENABLE TRIGGER old_stamp")
