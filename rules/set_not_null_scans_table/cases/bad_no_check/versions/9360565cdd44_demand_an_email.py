"""Demand an email"""

import sqlalchemy as sa
from alembic import op

revision = "9360565cdd44"
down_revision = "becea539c587"


def upgrade() -> None:
    op.alter_column("users", "email", existing_type=sa.Text(), nullable=False)
