"""Put the tag anywhere."""

import sqlalchemy as sa
from alembic import op

revision = "1d2d5c859eaa"
down_revision = None


def upgrade() -> None:
    op.drop_column("customers", "fax")
    op.drop_table("coupons")


def downgrade() -> None:
    # destructive: approved with tag-scope = "file" the place does not matter
    op.add_column("customers", sa.Column("fax", sa.String(40)))
