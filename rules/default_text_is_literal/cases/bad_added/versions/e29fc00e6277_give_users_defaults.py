"""Give users defaults"""

import sqlalchemy as sa
from alembic import op

revision = "e29fc00e6277"
down_revision = "4dcb44ca43c5"


def upgrade() -> None:
    op.add_column("users", sa.Column("seen_at", sa.DateTime(), server_default="now()"))
    op.add_column("users", sa.Column("token", sa.Uuid(), server_default="gen_random_uuid()"))
    op.alter_column("users", "key", server_default="gen_random_uuid()")
    op.alter_column("users", "changed_at", server_default='now')
