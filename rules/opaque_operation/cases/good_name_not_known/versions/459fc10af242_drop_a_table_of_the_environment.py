"""Drop a table of the environment"""

from alembic import op
import os

revision = "459fc10af242"
down_revision = None


def upgrade() -> None:
    op.drop_table(os.environ["TABLE"])
