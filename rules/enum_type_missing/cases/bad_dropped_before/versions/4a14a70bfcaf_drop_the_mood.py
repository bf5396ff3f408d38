"""Drop the mood"""

from alembic import op

revision = "4a14a70bfcaf"
down_revision = "f0f9aa0b9a63"


def upgrade() -> None:
    op.execute("DROP TYPE mood")
