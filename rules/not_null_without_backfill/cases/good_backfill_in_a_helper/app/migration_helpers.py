import sqlalchemy as sa
from alembic import op


def fill(table_name, column_name, expression):
    connection = op.get_bind()
    highest = connection.execute(sa.text(f"SELECT max(id) FROM {table_name}")).scalar_one()
    for low in range(0, highest + 1, 10_000):
        connection.execute(
            sa.text(
                f"UPDATE {table_name} SET {column_name} = {expression} "
                f"WHERE {column_name} IS NULL AND id BETWEEN :low AND :high"
            ),
            {"low": low, "high": low + 9_999},
        )
