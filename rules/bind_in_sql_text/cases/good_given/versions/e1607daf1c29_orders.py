"""Orders"""

import sqlalchemy as sa
from alembic import op

revision = "e1607daf1c29"
down_revision = "00aece5b8f1e"


def upgrade() -> None:
    bind = op.get_bind()
    bind.execute(sa.text("UPDATE orders SET status = :new WHERE id = 1"), {"new": "a"})
    bind.execute(sa.text("UPDATE orders SET status = :new WHERE id = 1").bindparams(new="a"))
    op.execute(sa.text("UPDATE orders SET status = :new WHERE id = 1").bindparams(new="a"))
    bind.execute(sa.text("UPDATE orders SET status = 'a:b'::text WHERE id = 1"))
