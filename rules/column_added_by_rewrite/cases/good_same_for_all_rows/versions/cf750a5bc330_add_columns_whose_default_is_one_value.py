"""Add columns whose default is one value"""

import sqlalchemy as sa
from alembic import op

revision = "cf750a5bc330"
down_revision = "c8d9184e47d9"


def upgrade() -> None:
    op.add_column("users", sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False))
    op.add_column("users", sa.Column("visits", sa.Integer(), server_default="0", nullable=False))
    op.add_column("users", sa.Column("code", sa.Integer(), server_default=sa.text("first_code()")))
    op.execute("ALTER TABLE users ADD COLUMN points points DEFAULT 5")
    op.execute("ALTER TABLE users ADD COLUMN changed_at timestamp DEFAULT timezone('utc', now())")
