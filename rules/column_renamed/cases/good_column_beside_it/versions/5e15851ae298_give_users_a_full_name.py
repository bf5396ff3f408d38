"""Give users a full name"""

import sqlalchemy as sa
from alembic import op

revision = "5e15851ae298"
down_revision = "23e9617b1a9b"


def upgrade() -> None:
    op.add_column("users", sa.Column("full_name", sa.Text(), nullable=True))
