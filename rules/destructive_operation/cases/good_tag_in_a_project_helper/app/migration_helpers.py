from alembic import op


def retire_column(table_name, column_name):
    assert column_name in RETIRED[table_name]
    op.drop_column(table_name, column_name)  # destructive: approved the list is reviewed by the data team


RETIRED = {"customers": ["fax"]}
