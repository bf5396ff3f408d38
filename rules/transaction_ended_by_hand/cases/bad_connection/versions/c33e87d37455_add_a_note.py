"""Add a note"""

import sqlalchemy as sa
from alembic import op

revision = "c33e87d37455"
down_revision = "57b4c3c9d9e2"


def upgrade() -> None:
    connection = op.get_bind()
    connection.commit()
    op.add_column("orders", sa.Column("note", sa.Text()))
