"""Fill it with an UPDATE."""

import sqlalchemy as sa
from alembic import op

revision = "09b7d7447854"
down_revision = None


def upgrade() -> None:
    op.add_column("customers", sa.Column("display_name", sa.String(200), nullable=True))
    op.execute("UPDATE customers SET display_name = email")
    op.alter_column("customers", "display_name", nullable=False)
