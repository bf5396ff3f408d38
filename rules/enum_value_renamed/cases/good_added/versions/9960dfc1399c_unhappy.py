"""Unhappy"""

from alembic import op

revision = "9960dfc1399c"
down_revision = "f6a7d0bb9491"


def upgrade() -> None:
    op.execute("ALTER TYPE mood ADD VALUE 'unhappy' AFTER 'sad'")
