"""Note"""

import sqlalchemy as sa
from alembic import op

revision = "51e266f406ff"
down_revision = "af2957ee61f4"


def upgrade() -> None:
    op.add_column("orders", sa.Column("note", sa.Text()))
