"""Create users and fill them"""

import sqlalchemy as sa
from alembic import op

revision = "da6dda5ecd04"
down_revision = None


def upgrade() -> None:
    op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.Text()))
    op.create_table("visits", sa.Column("id", sa.Integer(), primary_key=True))

    op.execute("INSERT INTO users SELECT id, 'x' FROM visits")
    op.execute("UPDATE users SET name = lower(name)")
    op.execute("DELETE FROM visits")
