"""Give users a token"""

import sqlalchemy as sa
from alembic import op

revision = "d296c50814af"
down_revision = "847d28b0b659"


def upgrade() -> None:
    op.add_column("users", sa.Column("token", sa.Uuid(), nullable=True))
    op.alter_column("users", "token", server_default=sa.text("gen_random_uuid()"))
    op.execute("ALTER TABLE users ADD COLUMN number bigint")
    op.execute("CREATE SEQUENCE users_number_seq OWNED BY users.number")
    op.alter_column("users", "number", server_default=sa.text("nextval('users_number_seq')"))
