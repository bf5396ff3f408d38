"""a1

Revision ID: a1
Revises: 
Create Date: 2024-01-01 10:00:00
"""
from pathlib import Path

from alembic import op

revision = "a1"
down_revision = None

FOLDER = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    op.execute(Path(__file__).with_suffix(".sql").read_text())


def downgrade() -> None:
    op.execute((FOLDER / "undo.sql").read_text())
