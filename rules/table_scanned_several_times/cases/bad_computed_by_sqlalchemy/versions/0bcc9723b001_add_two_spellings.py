"""Add two spellings"""

import sqlalchemy as sa
from alembic import op

revision = "0bcc9723b001"
down_revision = "e21e0360ef6f"


def upgrade() -> None:
    op.add_column("users", sa.Column("lower_mail", sa.Text(), sa.Computed("lower(mail)")))
    op.add_column("users", sa.Column("upper_mail", sa.Text(), sa.Computed("upper(mail)")))
