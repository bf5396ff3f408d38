"""Shorten the email of users"""

import sqlalchemy as sa
from alembic import op

revision = "0f198a8cda1c"
down_revision = "99edcf551782"


def upgrade() -> None:
    op.alter_column("users", "email", type_=sa.String(50))
