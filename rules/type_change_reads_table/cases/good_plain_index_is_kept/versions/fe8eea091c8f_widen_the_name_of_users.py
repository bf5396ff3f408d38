"""Widen the name of users"""

import sqlalchemy as sa
from alembic import op

revision = "fe8eea091c8f"
down_revision = "0ecf3484c6a8"


def upgrade() -> None:
    op.alter_column("users", "name", existing_type=sa.String(100), type_=sa.String(200))
