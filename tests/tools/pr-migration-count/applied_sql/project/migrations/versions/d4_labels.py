"""d4

Revision ID: d4
Revises: c3
Create Date: 2024-01-04 10:00:00
"""
from pathlib import Path

from alembic import op

revision = "d4"
down_revision = "c3"

FOLDER = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    op.execute((FOLDER / "labels.txt").read_text())


def downgrade() -> None:
    op.execute((FOLDER / "undo.sql").read_text())
