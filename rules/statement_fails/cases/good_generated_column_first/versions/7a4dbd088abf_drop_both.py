"""Drop both"""

from alembic import op

revision = "7a4dbd088abf"
down_revision = "34d6b1943b87"


def upgrade() -> None:
    op.execute("ALTER TABLE users DROP COLUMN upper_mail, DROP COLUMN mail")
