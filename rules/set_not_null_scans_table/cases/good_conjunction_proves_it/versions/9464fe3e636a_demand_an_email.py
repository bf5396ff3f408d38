"""Demand an email"""

from alembic import op

revision = "9464fe3e636a"
down_revision = "034931f169ec"


def upgrade() -> None:
    op.execute("ALTER TABLE users ALTER COLUMN email SET NOT NULL")
