"""Add the lower mail"""

import sqlalchemy as sa
from alembic import op

revision = "52acb1ddfd97"
down_revision = "39f4b75276c6"


def upgrade() -> None:
    op.add_column("users", sa.Column("lower_mail", sa.Text(), sa.Computed("lower(mail)")))
