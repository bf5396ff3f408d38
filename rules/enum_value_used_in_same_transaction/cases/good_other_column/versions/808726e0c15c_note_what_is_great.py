"""Note what is great"""

import sqlalchemy as sa
from alembic import op

revision = "808726e0c15c"
down_revision = "623e08c83a03"


def upgrade() -> None:
    op.execute("ALTER TYPE mood ADD VALUE 'great'")

    op.execute("UPDATE users SET mood = 'ok', note = 'great' WHERE note <> 'great'")
    op.execute("INSERT INTO users (id, mood, note) VALUES (1, 'ok', 'great')")
    op.execute("INSERT INTO users VALUES (2, 'sad', 'great')")
    users = sa.table("users", sa.column("id"), sa.column("mood"), sa.column("note"))
    op.execute(users.update().where(users.c.note == "great").values(mood="ok", note="great"))
    op.bulk_insert(users, [{"id": 3, "mood": "ok", "note": "great"}])
    op.create_index("ix_users_great", "users", ["id"], postgresql_where=sa.text("note = 'great'"))
