"""Something else"""

import sqlalchemy as sa
from alembic import op

revision = "26517699b64f"
down_revision = "839867941144"


def upgrade() -> None:
    op.add_column("users", sa.Column("note", sa.Text()))
