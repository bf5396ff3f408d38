"""Log"""

import sqlalchemy as sa
from alembic import op

revision = "35f4de812512"
down_revision = None


def upgrade() -> None:
    op.create_table("log", sa.Column("line", sa.Text()))


def downgrade() -> None:
    op.drop_table("log")
