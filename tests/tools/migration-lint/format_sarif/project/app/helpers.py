from alembic import op


def retire(table_name, column_name):
    op.drop_column(table_name, column_name)
