"""Write names in lower case"""

from alembic import op

revision = "c0c5fab2e342"
down_revision = "dd3ead880c6f"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        for first in range(0, 100_000, 5_000):
            op.execute(f"UPDATE users SET name = lower(name) WHERE id BETWEEN {first} AND {first + 4_999}")
