"""Set what is not known"""

from alembic import op

revision = "791c2da13e5b"
down_revision = "65ea5609c359"


def upgrade() -> None:
    op.execute("ALTER TABLE clicks SET UNLOGGED")
