"""Give users a mood"""

import sqlalchemy as sa
from alembic import op

revision = "d28b005379f8"
down_revision = "7799514a6586"


def upgrade() -> None:
    op.add_column("users", sa.Column("mood", sa.Enum("sad", "ok", name="mood", native_enum=False, length=8)))
