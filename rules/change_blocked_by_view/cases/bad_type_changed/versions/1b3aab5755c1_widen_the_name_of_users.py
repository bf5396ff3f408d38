"""Widen the name of users"""

import sqlalchemy as sa
from alembic import op

revision = "1b3aab5755c1"
down_revision = "1fe597055cde"


def upgrade() -> None:
    op.alter_column("users", "name", existing_type=sa.String(50), type_=sa.String(100))
