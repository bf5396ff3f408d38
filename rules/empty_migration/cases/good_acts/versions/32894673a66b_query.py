"""Act on what a query finds."""

import sqlalchemy as sa
from alembic import op

revision = "32894673a66b"
down_revision = "874bcd032658"


def upgrade() -> None:
    connection = op.get_bind()
    for (name,) in connection.execute(sa.text("SELECT relname FROM pg_class")):
        connection.execute(sa.text(f"ALTER TABLE {name} SET (fillfactor = 90)"))
