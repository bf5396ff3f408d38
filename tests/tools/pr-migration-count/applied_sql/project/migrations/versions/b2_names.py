"""b2

Revision ID: b2
Revises: a1
Create Date: 2024-01-02 10:00:00
"""
from pathlib import Path

from alembic import op

revision = "b2"
down_revision = "a1"

FOLDER = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    op.execute((FOLDER / "names.sql").read_text())


def downgrade() -> None:
    op.execute((FOLDER / "undo.sql").read_text())
