"""e5

Revision ID: e5
Revises: d4
Create Date: 2024-01-05 10:00:00
"""
from pathlib import Path

from alembic import op

revision = "e5"
down_revision = "d4"

FOLDER = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    op.execute((FOLDER / "gone.sql").read_text())


def downgrade() -> None:
    op.execute((FOLDER / "undo.sql").read_text())
