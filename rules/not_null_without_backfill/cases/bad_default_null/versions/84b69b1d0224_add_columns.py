"""Add columns"""

import sqlalchemy as sa
from alembic import op

revision = "84b69b1d0224"
down_revision = "b757c12bb657"


def upgrade() -> None:
    op.add_column("orders", sa.Column("a", sa.Integer(), server_default=sa.text("NULL"), nullable=False))
    op.add_column("orders", sa.Column("b", sa.Integer(), server_default=sa.null(), nullable=False))
    op.execute("ALTER TABLE orders ADD COLUMN c text DEFAULT NULL NOT NULL")
    op.execute("ALTER TABLE orders ADD COLUMN d text DEFAULT NULL::text NOT NULL")
