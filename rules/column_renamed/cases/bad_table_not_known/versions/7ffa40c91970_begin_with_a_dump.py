"""Begin with a dump"""

from alembic import op

revision = "7ffa40c91970"
down_revision = None


def upgrade() -> None:
    op.execute(open("dump.sql").read())
