"""Never null"""

from alembic import op

revision = "9b6d3a832223"
down_revision = "f8b42b7d7d18"


def upgrade() -> None:
    op.execute("ALTER DOMAIN amount SET NOT NULL")
