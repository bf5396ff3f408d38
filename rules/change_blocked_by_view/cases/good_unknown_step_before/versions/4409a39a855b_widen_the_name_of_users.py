"""Widen the name of users"""

import sqlalchemy as sa
from alembic import op
from app import views

revision = "4409a39a855b"
down_revision = "21d59c1a2059"


def upgrade() -> None:
    views.drop_all(op.get_bind())
    op.alter_column("users", "name", existing_type=sa.String(50), type_=sa.String(100))
