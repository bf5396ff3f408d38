"""Update what is not known"""

from alembic import op

revision = "dee0869aaf3f"
down_revision = "443662290193"


def upgrade() -> None:
    op.execute("UPDATE accounts SET name = lower(name)")
