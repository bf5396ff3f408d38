"""Orders"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "dadb5f048aeb"
down_revision = "c4d8412e26f2"

HERE = Path(__file__).parent


def upgrade() -> None:
    op.execute((HERE / "orders.sql").read_text())
    op.get_bind().execute(sa.text((HERE / "orders.sql").read_text()))
