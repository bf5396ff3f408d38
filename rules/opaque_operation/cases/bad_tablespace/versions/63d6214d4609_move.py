"""Move"""

from alembic import op

revision = "63d6214d4609"
down_revision = "af8e8406d738"


def upgrade() -> None:
    op.execute("ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE pg_default")
