"""c3

Revision ID: c3
Revises: b2
Create Date: 2024-01-03 10:00:00
"""
from pathlib import Path

from alembic import op

revision = "c3"
down_revision = "b2"

FOLDER = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    op.execute((FOLDER / "orders.sql").read_text())


def downgrade() -> None:
    op.execute((FOLDER / "undo.sql").read_text())
