"""New"""

import sqlalchemy as sa
from alembic import op

revision = "33e883bf3c8b"
down_revision = "912f74b99780"


def upgrade() -> None:
    op.execute("UPDATE orders SET status = 'a:b'::text WHERE id = 1")
    op.execute(sa.text("UPDATE orders SET status = :status WHERE id = 1").bindparams(status="new"))
