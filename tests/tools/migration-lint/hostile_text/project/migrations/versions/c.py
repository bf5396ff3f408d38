from alembic import op

revision = "c3\x1b[31m\n::error::x"
down_revision = "b2"


def upgrade():
    op.drop_column("orders", "fax")
