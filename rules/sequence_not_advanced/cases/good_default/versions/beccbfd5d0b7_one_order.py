"""One order"""

from alembic import op

revision = "beccbfd5d0b7"
down_revision = "1c13b0d02bac"


def upgrade() -> None:
    op.execute("INSERT INTO orders (status) VALUES ('new')")
