"""Something else"""

import sqlalchemy as sa
from alembic import op

revision = "b135b2b04a7b"
down_revision = "0e7ca3aaa570"


def upgrade() -> None:
    op.add_column("users", sa.Column("note", sa.Text()))
