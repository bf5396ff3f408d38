"""Let users be great"""

import sqlalchemy as sa
from alembic import op

revision = "4374ef6ac817"
down_revision = "6742eedff742"


def upgrade() -> None:
    op.execute("ALTER TYPE mood ADD VALUE 'great'")

    op.execute("DELETE FROM users WHERE mood = 'great'")
    op.execute("UPDATE users SET note = '' WHERE mood IN ('ok', 'great')")
    op.execute("SELECT count(*) FROM users u WHERE u.mood <> 'great'")
    op.execute("UPDATE users SET note = '' WHERE note = 'great'::mood::text")
    op.create_index("ix_users_great", "users", ["id"], postgresql_where=sa.text("mood = 'great'"))
    op.create_check_constraint("ck_users_mood", "users", "mood <> 'great'", postgresql_not_valid=True)
