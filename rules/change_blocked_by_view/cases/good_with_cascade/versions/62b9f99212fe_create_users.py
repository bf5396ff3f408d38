"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "62b9f99212fe"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(50)),
        sa.Column("mail", sa.String(50)),
    )
    op.execute("CREATE VIEW user_names AS SELECT id, name FROM users")
