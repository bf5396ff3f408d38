"""Demand columns of what is not known"""

from alembic import op

revision = "cf6726ee4053"
down_revision = "23276f0dcd76"


def upgrade() -> None:
    op.alter_column("accounts", "email", nullable=False)
