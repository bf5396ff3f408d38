"""Create orders"""

from alembic import op

revision = "55fb1c77d80d"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE DOMAIN amount AS integer CHECK (VALUE > 0)")
    op.execute("CREATE TABLE orders (id integer, total amount)")
