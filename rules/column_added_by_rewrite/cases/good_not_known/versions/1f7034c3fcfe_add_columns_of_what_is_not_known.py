"""Add columns of what is not known"""

import sqlalchemy as sa
from alembic import op

revision = "1f7034c3fcfe"
down_revision = "a6c664974826"


def upgrade() -> None:
    op.add_column("users", sa.Column("code", sa.Integer(), server_default=sa.text("made_elsewhere()")))
    op.add_column("accounts", sa.Column("token", sa.Uuid(), server_default=sa.text("gen_random_uuid()")))
    op.execute("ALTER TABLE users ADD COLUMN IF NOT EXISTS email text DEFAULT gen_random_uuid()::text")
