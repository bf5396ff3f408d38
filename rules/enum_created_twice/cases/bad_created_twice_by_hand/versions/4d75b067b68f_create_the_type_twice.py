"""Create the type twice."""

import sqlalchemy as sa
from alembic import op

revision = "4d75b067b68f"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('good', 'bad')")
    sa.Enum("good", "bad", name="mood").create(op.get_bind(), checkfirst=False)
