"""Create nights"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "8ae61cc4b529"
down_revision = "ba1d384f2608"


def upgrade() -> None:
    op.create_table(
        "nights",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("mood", postgresql.ENUM("good", "bad", name="mood", create_type=False)),
    )
    op.execute("DROP TYPE mood CASCADE")
    op.execute("CREATE TYPE mood AS ENUM ('fine')")
    sa.Enum("fair", "foul", name="weather").create(op.get_bind(), checkfirst=True)
