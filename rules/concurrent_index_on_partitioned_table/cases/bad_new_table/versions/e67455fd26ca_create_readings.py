"""Create readings."""

import sqlalchemy as sa
from alembic import op

revision = "e67455fd26ca"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "readings",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        postgresql_partition_by="RANGE (at)",
    )
    with op.get_context().autocommit_block():
        op.create_index("ix_readings_at", "readings", ["at"], postgresql_concurrently=True)
