"""Change users"""

import sqlalchemy as sa
from alembic import op

revision = "dd64c4466c08"
down_revision = None


def upgrade() -> None:
    op.alter_column("users", "name", _type=sa.Text())
    op.alter_column("users", "active", existing_type=sa.Boolean(), default=sa.true())
    op.alter_column("users", "mail", new_name="email")
    op.drop_column("users", "fax", cascade=True)
