"""One order"""

from alembic import op

revision = "043edde11acd"
down_revision = "6185cedb75c2"


def upgrade() -> None:
    op.execute("INSERT INTO orders (id, status) VALUES (1, 'new')")
    op.execute("SELECT setval('orders_id_seq', 1)")
