"""Create countries."""

import sqlalchemy as sa
from alembic import op

revision = "c1f527d66072"
down_revision = None


def upgrade() -> None:
    op.create_table("countries", sa.Column("code", sa.String(2), primary_key=True))
    op.create_index(op.f("ix_countries_code"), "countries", ["code"], unique=False)
