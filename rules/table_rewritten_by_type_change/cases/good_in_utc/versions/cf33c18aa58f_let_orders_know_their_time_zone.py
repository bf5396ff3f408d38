"""Let orders know their time zone"""

import sqlalchemy as sa
from alembic import op

revision = "cf33c18aa58f"
down_revision = "f707969d4da8"


def upgrade() -> None:
    op.execute("SET LOCAL timezone = 'UTC'")
    op.alter_column("orders", "placed_at", type_=sa.DateTime(timezone=True))
