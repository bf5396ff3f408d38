"""New"""

from alembic import op

revision = "08579364ebdb"
down_revision = "659e845f46d0"


def upgrade() -> None:
    op.execute("UPDATE orders SET status = 'new' WHERE id < 100")
