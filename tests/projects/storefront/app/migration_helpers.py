"""What several migrations need."""

import sqlalchemy as sa
from alembic import op


def has_column(table_name: str, column_name: str) -> bool:
    columns = sa.inspect(op.get_bind()).get_columns(table_name)
    return any(column["name"] == column_name for column in columns)


def guarded_drop_column(table_name: str, column_name: str) -> None:
    """Drops a column that some databases have lost already."""
    if has_column(table_name, column_name):
        op.drop_column(table_name, column_name)


def fill_in_batches(table_name: str, assignment: str, condition: str, size: int = 10_000) -> None:
    """UPDATE by ranges of the primary key, so that no statement runs for long."""
    connection = op.get_bind()
    highest = connection.execute(sa.text(f"SELECT coalesce(max(id), 0) FROM {table_name}")).scalar_one()
    for low in range(0, highest + 1, size):
        connection.execute(
            sa.text(
                f"UPDATE {table_name} SET {assignment} WHERE id BETWEEN :low AND :high AND ({condition})"
            ),
            {"low": low, "high": low + size - 1},
        )
