"""Create items"""

import sqlalchemy as sa
from alembic import op

revision = "882dc448e6b7"
down_revision = "c904171e1873"


def upgrade() -> None:
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id", name="fk_items_user_id")),
        sa.Column("org_id", sa.Integer(), sa.ForeignKey("orgs.id", name="fk_items_org_id")),
    )
    op.add_column("orders", sa.Column("note", sa.Text()))
