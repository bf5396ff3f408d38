"""Let users have no name"""

import sqlalchemy as sa
from alembic import op

revision = "c0cccc26ece7"
down_revision = "0befee64c23e"


def upgrade() -> None:
    op.alter_column("users", "name", existing_type=sa.Text(), nullable=True)
