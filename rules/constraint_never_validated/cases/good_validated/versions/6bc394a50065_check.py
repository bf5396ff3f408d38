"""Check"""

from alembic import op

revision = "6bc394a50065"
down_revision = "c90a859f5b5a"


def upgrade() -> None:
    op.create_check_constraint("ck_total", "orders", "total >= 0", postgresql_not_valid=True)
