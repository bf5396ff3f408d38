"""Create users"""

import sqlalchemy as sa
from alembic import op

revision = "a6c664974826"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.Text(), nullable=False),
    )
