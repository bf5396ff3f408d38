"""Drop through helpers of the file."""

import sqlalchemy as sa
from alembic import op

revision = "94b8da839d5d"
down_revision = None


def has_column(table, column):
    inspector = sa.inspect(op.get_bind())
    return column in [each["name"] for each in inspector.get_columns(table)]


def drop_if_there(table, column):
    if has_column(table, column):
        op.drop_column(table, column)


def drop_contacts(*columns, table="customers"):
    for column in columns:
        drop_if_there(table, column)


def upgrade() -> None:
    drop_if_there("customers", "fax")
    drop_contacts("telex", "pager")
    drop_contacts("fax", table="suppliers")
