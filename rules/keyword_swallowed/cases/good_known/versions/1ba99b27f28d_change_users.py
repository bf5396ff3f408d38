"""Change users"""

import sqlalchemy as sa
from alembic import op

revision = "1ba99b27f28d"
down_revision = None


def upgrade() -> None:
    op.alter_column("users", "name", type_=sa.Text())
    op.alter_column("users", "active", existing_type=sa.Boolean(), server_default=sa.true())
    op.alter_column("users", "mail", new_column_name="email")
    op.drop_column("users", "fax")
