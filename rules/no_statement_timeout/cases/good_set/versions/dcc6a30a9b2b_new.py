"""New"""

from alembic import op

revision = "dcc6a30a9b2b"
down_revision = "3a0d9404f620"


def upgrade() -> None:
    op.execute("SET LOCAL statement_timeout = '1min'")
    op.execute("UPDATE orders SET status = 'new'")
