"""New"""

from alembic import op

revision = "ee7665b3f275"
down_revision = "4bbd56ae4d6a"


def upgrade() -> None:
    op.execute("UPDATE orders SET status = ':new' WHERE id = 1")
