"""Say again what holds"""

import sqlalchemy as sa
from alembic import op

revision = "6d8d2ae190b3"
down_revision = "f975d2113ee2"


def upgrade() -> None:
    op.alter_column("users", "name", existing_type=sa.Text(), nullable=False)
    op.alter_column("users", "id", existing_type=sa.Integer(), nullable=False)
