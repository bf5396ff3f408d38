"""Give users defaults"""

import sqlalchemy as sa
from alembic import op

revision = "e0f062aeecde"
down_revision = "f588a43dd727"


def upgrade() -> None:
    op.add_column("users", sa.Column("seen_at", sa.DateTime(), server_default=sa.text("now()")))
    op.add_column("users", sa.Column("joined_at", sa.DateTime(), server_default=sa.func.now()))
    op.add_column("users", sa.Column("visits", sa.Integer(), server_default="0"))
