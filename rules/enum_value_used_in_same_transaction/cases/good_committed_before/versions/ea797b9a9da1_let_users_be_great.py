"""Let users be great"""

from alembic import op

revision = "ea797b9a9da1"
down_revision = "646cb3e26bb4"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE mood ADD VALUE 'great'")
    op.execute("UPDATE users SET mood = 'great' WHERE id < 100")
