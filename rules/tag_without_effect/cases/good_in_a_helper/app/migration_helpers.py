from alembic import op


def retire(column_name):
    op.drop_column("customers", column_name)  # destructive: approved the list is reviewed


def not_used_here(table_name):
    op.drop_table(table_name)  # destructive: approved for other revisions
