"""Let emails be of any length"""

import sqlalchemy as sa
from alembic import op

revision = "be87120d4de8"
down_revision = "8817b49a40a3"


def upgrade() -> None:
    op.alter_column("users", "email", type_=sa.Text())  # type-change: approved the table has 300 rows
