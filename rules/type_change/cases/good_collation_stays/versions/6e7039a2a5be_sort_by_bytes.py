"""Sort by bytes"""

import sqlalchemy as sa
from alembic import op

revision = "6e7039a2a5be"
down_revision = "0f9527614983"


def upgrade() -> None:
    op.alter_column("orders", "note", existing_type=sa.Text(collation="C"), type_=sa.Text(collation="C"))
