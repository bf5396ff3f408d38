"""Happy"""

from alembic import op
from alembic_postgresql_enum import TableReference

revision = "24451bd7cdc8"
down_revision = "818c0cd228bd"


def upgrade() -> None:
    op.sync_enum_values(
        enum_schema="public",
        enum_name="mood",
        new_values=["sad", "ok", "happy"],
        affected_columns=[TableReference(table_schema="public", table_name="pets", column_name="mood")],
    )


def downgrade() -> None:
    pass
