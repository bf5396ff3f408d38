"""Drop what views read"""

from alembic import op

revision = "8155dcea9497"
down_revision = "833e795c11d8"


def upgrade() -> None:
    op.drop_column("users", "name")
    op.drop_table("visits")
