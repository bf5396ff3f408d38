"""One order"""

from alembic import op

revision = "795aa1ca86a1"
down_revision = "d6a192c4e196"


def upgrade() -> None:
    op.execute("INSERT INTO orders (id, status) VALUES (1, 'new')")
