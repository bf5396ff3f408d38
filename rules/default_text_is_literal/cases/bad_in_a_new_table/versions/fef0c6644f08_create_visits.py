"""Create visits"""

import sqlalchemy as sa
from alembic import op

revision = "fef0c6644f08"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("begun", sa.DateTime(timezone=True), server_default="now()", nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), server_default="timezone('utc', now())"),
        sa.Column("day", sa.Date(), server_default="CURRENT_DATE"),
        sa.Column("by", sa.String(60), server_default="current_user"),
        sa.Column("hour", sa.String(5), server_default="to_char(now(), 'HH:MI')"),
    )
