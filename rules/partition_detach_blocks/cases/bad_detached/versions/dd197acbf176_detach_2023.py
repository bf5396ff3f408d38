"""Detach 2023"""

from alembic import op

revision = "dd197acbf176"
down_revision = "8472c1b218f5"


def upgrade() -> None:
    op.execute("ALTER TABLE measures DETACH PARTITION measures_2023")
