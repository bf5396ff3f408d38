"""Sort by bytes"""

import sqlalchemy as sa
from alembic import op

revision = "9faf0cdb3cb2"
down_revision = "2488791d7f7a"


def upgrade() -> None:
    op.alter_column("orders", "note", existing_type=sa.Text(), type_=sa.Text(collation="C"))
