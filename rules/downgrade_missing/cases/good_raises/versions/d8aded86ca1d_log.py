"""Log"""

import sqlalchemy as sa
from alembic import op

revision = "d8aded86ca1d"
down_revision = None


def upgrade() -> None:
    op.create_table("log", sa.Column("line", sa.Text()))


def downgrade() -> None:
    raise NotImplementedError("the log stays")
