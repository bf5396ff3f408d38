"""Act on another database alone."""

from alembic import op

revision = "2c8d1f3ab604"
down_revision = "7f555979de50"


def upgrade() -> None:
    url = str(op.get_bind().engine.url)
    if url.startswith("mysql"):
        op.execute("ALTER TABLE orders ENGINE = InnoDB")
