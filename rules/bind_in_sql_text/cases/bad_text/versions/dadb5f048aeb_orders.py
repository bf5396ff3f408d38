"""Orders"""

import sqlalchemy as sa
from alembic import op

revision = "dadb5f048aeb"
down_revision = "c4d8412e26f2"


def upgrade() -> None:
    op.execute(sa.text("UPDATE orders SET status = :new WHERE id = 1"))
    op.get_bind().execute(sa.text("UPDATE orders SET status = :old WHERE id = 2"))
    bind = op.get_bind()
    bind.execute(
        sa.text(
            "UPDATE orders SET status = :none WHERE id = 3",
        ),
    )
