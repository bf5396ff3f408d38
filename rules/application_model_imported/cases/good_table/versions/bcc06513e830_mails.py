"""Mails"""

import sqlalchemy as sa
from alembic import op

revision = "bcc06513e830"
down_revision = "1a07560e4325"


def upgrade() -> None:
    users = sa.table("users", sa.column("id"), sa.column("mail"))
    op.execute(users.update().where(users.c.id == 1).values(mail=""))
