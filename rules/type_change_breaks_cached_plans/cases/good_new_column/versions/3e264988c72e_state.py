"""State"""

import sqlalchemy as sa
from alembic import op

revision = "3e264988c72e"
down_revision = "9b6d3a832223"


def upgrade() -> None:
    op.add_column("orders", sa.Column("state", sa.String(50)))
