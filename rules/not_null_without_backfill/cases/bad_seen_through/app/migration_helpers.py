import sqlalchemy as sa
from alembic import op


def guarded_add_column(table_name, column):
    columns = sa.inspect(op.get_bind()).get_columns(table_name)
    if column.name not in [each["name"] for each in columns]:
        op.add_column(table_name, column)
