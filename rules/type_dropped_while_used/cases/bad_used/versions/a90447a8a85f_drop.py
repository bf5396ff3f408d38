"""Drop"""

from alembic import op

revision = "a90447a8a85f"
down_revision = "064b38a30354"


def upgrade() -> None:
    op.execute("DROP TYPE mood")
