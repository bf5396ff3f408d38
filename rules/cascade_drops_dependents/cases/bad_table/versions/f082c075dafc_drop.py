"""Drop"""

from alembic import op

revision = "f082c075dafc"
down_revision = "4dc9b17035f1"


def upgrade() -> None:
    op.execute("DROP TABLE orders CASCADE")  # destructive: approved
