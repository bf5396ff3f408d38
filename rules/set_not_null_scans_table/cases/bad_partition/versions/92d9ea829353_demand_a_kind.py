"""Demand a kind"""

from alembic import op

revision = "92d9ea829353"
down_revision = "a815f8bf89a8"


def upgrade() -> None:
    op.alter_column("events", "kind", nullable=False, schema="app")
