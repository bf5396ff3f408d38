"""Give users a mood"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0228ec175ba4"
down_revision = "a8d28799b198"


def upgrade() -> None:
    with op.batch_alter_table("users") as batch:
        batch.add_column(sa.Column("mood", postgresql.ENUM("sad", "ok", name="mood", schema="public", create_type=False)))
