"""Drop on the way down."""

import sqlalchemy as sa
from alembic import op

revision = "ae24b35b1026"
down_revision = None


def undo():
    op.drop_table("coupons")


def upgrade() -> None:
    op.create_table("coupons", sa.Column("code", sa.String(20), primary_key=True))
    op.add_column("customers", sa.Column("fax", sa.String(40)))


def downgrade() -> None:
    op.drop_column("customers", "fax")
    undo()
