"""Widen the email of users"""

import sqlalchemy as sa
from alembic import op

revision = "a0064efa6fe4"
down_revision = "fb7bf71797d2"


def upgrade() -> None:
    op.alter_column("users", "email", existing_type=sa.String(100), type_=sa.String(200))
