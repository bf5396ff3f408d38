"""Roles"""

from alembic import op

revision = "4dc9b17035f1"
down_revision = "ab10a26a90e6"


def upgrade() -> None:
    op.execute("CREATE TABLE roles (name text)")
    op.execute("INSERT INTO roles VALUES ('admin')")
