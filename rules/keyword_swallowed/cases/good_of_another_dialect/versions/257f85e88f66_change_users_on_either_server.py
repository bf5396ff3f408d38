"""Change users on either server"""

import sqlalchemy as sa
from alembic import op

revision = "257f85e88f66"
down_revision = None


def upgrade() -> None:
    op.alter_column("users", "name", type_=sa.Text(), mysql_collate="utf8mb4_bin", postgresql_using="name::text")
    op.drop_column("users", "fax", mssql_drop_default=True)
