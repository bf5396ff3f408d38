"""Begin with a dump"""

from alembic import op

revision = "a31823c85389"
down_revision = None


def upgrade() -> None:
    op.execute(open("dump.sql").read())
