"""Create clicks"""

from alembic import op

revision = "0b9a91cce54c"
down_revision = "555b01e1bbd4"


def upgrade() -> None:
    op.execute("CREATE UNLOGGED TABLE clicks (id bigint)")
    op.execute("ALTER TABLE clicks SET LOGGED")
