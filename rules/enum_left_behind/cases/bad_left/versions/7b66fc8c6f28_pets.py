"""Pets"""

import sqlalchemy as sa
from alembic import op

revision = "7b66fc8c6f28"
down_revision = None


def upgrade() -> None:
    op.create_table("pets", sa.Column("mood", sa.Enum("sad", "ok", name="temper")))


def downgrade() -> None:
    op.drop_table("pets")
