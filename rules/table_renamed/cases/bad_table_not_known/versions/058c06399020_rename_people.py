"""Rename people"""

from alembic import op

revision = "058c06399020"
down_revision = "a31823c85389"


def upgrade() -> None:
    op.rename_table("people", "persons", schema="app")
