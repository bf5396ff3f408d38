"""Check"""

from alembic import op

revision = "839867941144"
down_revision = "e0df588e6c39"


def upgrade() -> None:
    op.create_check_constraint("ck_total", "orders", "total >= 0", postgresql_not_valid=True)
