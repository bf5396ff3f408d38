"""Orders"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "dadb5f048aeb"
down_revision = "c4d8412e26f2"

HERE = Path(__file__).parent


def upgrade() -> None:
    op.get_bind().exec_driver_sql((HERE / "orders.sql").read_text())
    op.execute((HERE / "times.sql").read_text())
    op.execute((HERE / "orders.sql").read_text().replace(":", r"\:"))
    op.execute(sa.text((HERE / "given.sql").read_text()).bindparams(status="new"))
