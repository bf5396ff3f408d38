"""Create visits"""

import sqlalchemy as sa
from alembic import op

revision = "f264f8b242cb"
down_revision = "bb2d5fa10b9d"


def upgrade() -> None:
    op.create_table("visits", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("CREATE SCHEMA stats")
