"""Let totals be larger"""

import sqlalchemy as sa
from alembic import op

revision = "4d633423f8c7"
down_revision = "dac201790bd1"


def upgrade() -> None:
    # type-change: approved the table has 300 rows
    op.alter_column("orders", "total", type_=sa.BigInteger())
