"""New"""

from alembic import op

revision = "975484ff5115"
down_revision = "f49b75f9ac0a"


def upgrade() -> None:
    op.execute("UPDATE orders SET status = 'new'")
