"""Change a table that is not known"""

import sqlalchemy as sa
from alembic import op

revision = "0fd23079d4c6"
down_revision = "15a9c607b851"


def upgrade() -> None:
    op.alter_column("invoices", "total", existing_type=sa.Integer(), type_=sa.BigInteger())
