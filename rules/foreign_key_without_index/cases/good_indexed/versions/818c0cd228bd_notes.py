"""Notes"""

import sqlalchemy as sa
from alembic import op

revision = "818c0cd228bd"
down_revision = "ded2fdcc83b2"


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id"), index=True),
    )
