"""Give users a mood"""

import sqlalchemy as sa
from alembic import op

revision = "b84b7d4095de"
down_revision = "4a14a70bfcaf"


def upgrade() -> None:
    op.add_column("users", sa.Column("mood", sa.Enum("sad", "ok", name="mood")))
