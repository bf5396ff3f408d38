"""Add columns"""

import sqlalchemy as sa
from alembic import op

revision = "2cb3a51f24a2"
down_revision = "8ebc656703ca"


def upgrade() -> None:
    op.add_column("orders", sa.Column("a", sa.Text(), server_default="NULL", nullable=False))
