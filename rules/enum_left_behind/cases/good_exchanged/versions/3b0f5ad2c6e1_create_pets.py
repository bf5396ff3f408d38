"""Create pets."""

import sqlalchemy as sa
from alembic import op

revision = "3b0f5ad2c6e1"
down_revision = None


def upgrade() -> None:
    op.create_table("pets", sa.Column("mood", sa.Enum("sad", "ok", name="mood")))


def downgrade() -> None:
    op.drop_table("pets")
    sa.Enum(name="mood").drop(op.get_bind())
