"""Sort by bytes"""

import sqlalchemy as sa
from alembic import op

revision = "2b5e35303b86"
down_revision = "7b48803e54f2"


def upgrade() -> None:
    op.alter_column("orders", "status", existing_type=sa.Text(), type_=sa.Text(collation="C"))
