"""Let orders know their time zone"""

import sqlalchemy as sa
from alembic import op

revision = "11c477bd7eb8"
down_revision = "cbb08d33759b"


def upgrade() -> None:
    op.execute("SET LOCAL timezone = 'Europe/Berlin'")
    op.alter_column("orders", "placed_at", type_=sa.DateTime(timezone=True))
