"""Demand single events."""

from alembic import op

revision = "7060d03bfc0d"
down_revision = "2a8e4196b3ff"


def upgrade() -> None:
    op.create_unique_constraint("uq_events", "events", ["id", "at"])
