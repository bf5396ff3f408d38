"""Change users"""

import sqlalchemy as sa
from alembic import op

revision = "8db192b8f09c"
down_revision = "850c47ada734"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.alter_column("users", "name", existing_type=sa.Text(), nullable=True)
