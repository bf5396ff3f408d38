import sqlalchemy as sa
from alembic import op

LEFT_OVER = ["pager", "telegram"]


def has_column(table_name, column_name):
    columns = sa.inspect(op.get_bind()).get_columns(table_name)
    return any(column["name"] == column_name for column in columns)


def guarded_drop_column(table_name, column_name):
    if has_column(table_name, column_name):
        op.drop_column(table_name, column_name)
