"""Let totals be larger"""

import sqlalchemy as sa
from alembic import op

revision = "13c3a0247c93"
down_revision = "009a7060a3c1"


def upgrade() -> None:
    # backfill: ok the totals are all there
    op.alter_column("orders", "total", type_=sa.BigInteger())
