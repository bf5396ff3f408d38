"""Let pets be great"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "fb11eb6b49f4"
down_revision = "2b6f908c35d2"


def upgrade() -> None:
    op.execute("ALTER TYPE mood ADD VALUE 'great'")

    op.create_table(
        "pets",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("mood", postgresql.ENUM(name="mood", create_type=False), server_default="great"),
    )
