"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "833e795c11d8"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(50)),
        sa.Column("mail", sa.String(50)),
    )
    op.execute("CREATE VIEW user_names AS SELECT id, name FROM users")

    op.create_table("visits", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("CREATE MATERIALIZED VIEW visit_count AS SELECT count(*) AS visits FROM visits")
