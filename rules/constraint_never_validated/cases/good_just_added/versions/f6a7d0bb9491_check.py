"""Check"""

from alembic import op

revision = "f6a7d0bb9491"
down_revision = "53eec1b5ef86"


def upgrade() -> None:
    op.create_check_constraint("ck_total", "orders", "total >= 0", postgresql_not_valid=True)
