"""Hide the enum in an array and a variant."""

import sqlalchemy as sa
from alembic import op

revision = "94c5e59aaad1"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE TYPE mood AS ENUM ('good', 'bad')")
    op.create_table("days", sa.Column("moods", sa.ARRAY(sa.Enum("good", "bad", name="mood"))))


def downgrade() -> None:
    op.drop_table("days")
    op.execute("DROP TYPE mood")
