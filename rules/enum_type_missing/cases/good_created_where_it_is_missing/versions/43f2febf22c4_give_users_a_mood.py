"""Give users a mood"""

import sqlalchemy as sa
from alembic import op

revision = "43f2febf22c4"
down_revision = "3e0de037f3f8"


def upgrade() -> None:
    op.execute(
        """
        DO $$ BEGIN
            CREATE TYPE mood AS ENUM ('sad', 'ok');
        EXCEPTION WHEN duplicate_object THEN NULL;
        END $$
        """
    )
    op.add_column("users", sa.Column("mood", sa.Enum("sad", "ok", name="mood")))
