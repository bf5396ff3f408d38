"""Rename the columns of users"""

from alembic import op

revision = "edc53f5fdf04"
down_revision = "2c57c41de2d8"


def upgrade() -> None:
    op.alter_column("users", "name", new_column_name="full_name")
    op.execute("ALTER TABLE users RENAME COLUMN mail TO email")
