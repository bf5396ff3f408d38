"""Let users be great"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "bd12bd27fa65"
down_revision = "4ee29818be6f"


def upgrade() -> None:
    op.execute("ALTER TYPE mood ADD VALUE 'great'")

    users = sa.table("users", sa.column("id"), sa.column("mood", postgresql.ENUM(name="mood")))
    op.get_bind().execute(sa.update(users).where(users.c.id == 1).values(mood="great"))
    op.get_bind().execute(sa.delete(users).where(users.c.mood == "great"))
    op.get_bind().execute(sa.text("UPDATE users SET mood = :mood WHERE id = 1"), {"mood": "great"})
    op.bulk_insert(users, [{"id": 2, "mood": "ok"}, {"id": 3, "mood": "great"}])
