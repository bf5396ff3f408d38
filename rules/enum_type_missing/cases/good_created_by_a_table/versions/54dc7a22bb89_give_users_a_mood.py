"""Give users a mood"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "54dc7a22bb89"
down_revision = "d2f74e5d79da"


def upgrade() -> None:
    op.add_column("users", sa.Column("mood", postgresql.ENUM("ok", name="mood", create_type=False)))
