"""Store what could be computed"""

import sqlalchemy as sa
from alembic import op

revision = "699767f13e35"
down_revision = "2e45cac5b249"


def upgrade() -> None:
    op.add_column("users", sa.Column("lower_email", sa.Text(), sa.Computed("lower(email)", persisted=True)))
