"""Have no upgrade."""

from alembic import op

revision = "6d01ece28d2d"
down_revision = None


def downgrade() -> None:
    op.drop_column("orders", "note")
