"""Give users a code"""

import sqlalchemy as sa
from alembic import op

revision = "1c2de9600e06"
down_revision = "8998b94708de"


def upgrade() -> None:
    op.add_column("users", sa.Column("code", sa.Integer(), server_default=sa.text("next_code()")))
