"""Shorter"""

import sqlalchemy as sa
from alembic import op

revision = "f8b42b7d7d18"
down_revision = "55fb1c77d80d"


def upgrade() -> None:
    op.alter_column("orders", "status", type_=sa.String(50))
