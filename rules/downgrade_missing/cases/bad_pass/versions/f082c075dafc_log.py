"""Log"""

import sqlalchemy as sa
from alembic import op

revision = "f082c075dafc"
down_revision = None


def upgrade() -> None:
    op.create_table("log", sa.Column("line", sa.Text()))


def downgrade() -> None:
    pass
