"""Try"""

import sqlalchemy as sa
from alembic import op

revision = "3a0d9404f620"
down_revision = "975484ff5115"


def upgrade() -> None:
    op.execute("SAVEPOINT before")
    op.add_column("orders", sa.Column("note", sa.Text()))
    op.execute("RELEASE SAVEPOINT before")
