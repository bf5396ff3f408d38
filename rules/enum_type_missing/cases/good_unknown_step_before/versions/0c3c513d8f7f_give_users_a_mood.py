"""Give users a mood"""

import sqlalchemy as sa
from alembic import op
from app import types

revision = "0c3c513d8f7f"
down_revision = "0b6dca6a1dca"


def upgrade() -> None:
    types.create_all(op.get_bind())
    op.add_column("users", sa.Column("mood", sa.Enum("sad", "ok", name="mood")))
