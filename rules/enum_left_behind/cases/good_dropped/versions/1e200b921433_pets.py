"""Pets"""

import sqlalchemy as sa
from alembic import op

revision = "1e200b921433"
down_revision = None


def upgrade() -> None:
    op.create_table("pets", sa.Column("mood", sa.Enum("sad", "ok", name="mood")))


def downgrade() -> None:
    op.drop_table("pets")
    sa.Enum(name="mood").drop(op.get_bind())
