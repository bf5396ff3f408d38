"""Create users."""

import sqlalchemy as sa
from alembic import op

revision = "6d1f0a2b3c4d"
down_revision = None


async def upgrade() -> None:
    op.create_table("users", sa.Column("id", sa.Integer()))
