"""Empty users and orders"""

from alembic import op

revision = "8ae8dda47dd6"
down_revision = "d41f0e5d5fed"


def upgrade() -> None:
    op.execute("TRUNCATE TABLE users, orders RESTART IDENTITY CASCADE")
