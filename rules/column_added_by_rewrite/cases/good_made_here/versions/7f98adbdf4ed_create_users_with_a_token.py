"""Create users with a token"""

import sqlalchemy as sa
from alembic import op

revision = "7f98adbdf4ed"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.Text(), nullable=False),
    )

    op.add_column("users", sa.Column("token", sa.Uuid(), server_default=sa.text("gen_random_uuid()")))
    op.execute("ALTER TABLE users ADD COLUMN number bigserial")
