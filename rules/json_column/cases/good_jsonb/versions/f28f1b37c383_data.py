"""Data"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "f28f1b37c383"
down_revision = "4fd60c321e78"


def upgrade() -> None:
    op.add_column("orders", sa.Column("data", postgresql.JSONB()))
