"""Put the tag beside the statement that it is for."""

import sqlalchemy as sa
from alembic import op

revision = "7be4ee1ba926"
down_revision = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("note", sa.Text()))  # destructive: approved for the next line
    op.drop_column("orders", "fax")
    op.drop_table("visits")
    # destructive: approved the table above


def downgrade() -> None:
    op.drop_column("orders", "note")  # destructive: approved downgrade() needs no tag
