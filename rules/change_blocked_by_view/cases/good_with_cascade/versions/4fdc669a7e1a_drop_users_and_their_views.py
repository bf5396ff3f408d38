"""Drop users and their views"""

from alembic import op

revision = "4fdc669a7e1a"
down_revision = "62b9f99212fe"


def upgrade() -> None:
    op.execute("DROP TABLE users CASCADE")
