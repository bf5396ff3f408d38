"""Create leases."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "b7fe03035107"
down_revision = "ad59ec967711"


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("flat", sa.Integer(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        postgresql.ExcludeConstraint(("flat", "="), ("during", "&&"), name="ex_leases"),
    )
    op.create_exclude_constraint("ex_leases_2", "leases", ("flat", "="), ("during", "&&"))
