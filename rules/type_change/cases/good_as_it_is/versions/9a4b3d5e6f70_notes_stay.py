"""Notes stay."""

import sqlalchemy as sa
from alembic import op

revision = "9a4b3d5e6f70"
down_revision = "8f3a2c4d5e6f"


def upgrade() -> None:
    op.alter_column("orders", "note", type_=sa.String(20))
