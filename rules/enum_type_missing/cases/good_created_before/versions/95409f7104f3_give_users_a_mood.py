"""Give users a mood"""

import sqlalchemy as sa
from alembic import op

revision = "95409f7104f3"
down_revision = "8ab0d1c8df0a"


def upgrade() -> None:
    sa.Enum("sad", "ok", name="mood").create(op.get_bind())
    op.add_column("users", sa.Column("mood", sa.Enum("sad", "ok", name="mood")))
