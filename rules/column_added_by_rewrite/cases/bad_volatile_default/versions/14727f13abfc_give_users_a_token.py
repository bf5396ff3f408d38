"""Give users a token"""

import sqlalchemy as sa
from alembic import op

revision = "14727f13abfc"
down_revision = "342875c9d844"


def upgrade() -> None:
    op.add_column("users", sa.Column("token", sa.Uuid(), server_default=sa.text("gen_random_uuid()")))
    with op.batch_alter_table("users") as batch:
        batch.add_column(sa.Column("seen_at", sa.DateTime(), server_default=sa.func.clock_timestamp(), nullable=False))
    op.execute("ALTER TABLE users ADD COLUMN IF NOT EXISTS dice float DEFAULT 1 + random()")
