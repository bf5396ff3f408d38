"""Drop"""

from alembic import op

revision = "35f4de812512"
down_revision = "933bcf7b8007"


def upgrade() -> None:
    op.execute("DROP TYPE mood CASCADE")  # destructive: approved
