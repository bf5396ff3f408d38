"""Make them NOT NULL through helpers and loops."""

import sqlalchemy as sa
from alembic import op

from app.migration_helpers import guarded_add_column

revision = "6ed40c159613"
down_revision = None

REQUIRED = {"customers": ["display_name", "country"], "orders": ["currency"]}


def require(table, column):
    op.alter_column(table, column, nullable=False)


def upgrade() -> None:
    for table, columns in REQUIRED.items():
        for column in columns:
            require(table, column)
    guarded_add_column("products", sa.Column("weight", sa.Integer(), nullable=False))
