"""Add the lower mail"""

import sqlalchemy as sa
from alembic import op

revision = "1eebf2c47e94"
down_revision = "e2542477d75b"


def upgrade() -> None:
    op.add_column("users", sa.Column("lower_mail", sa.Text(), sa.Computed("lower(mail)")))
