"""Seed the categories

Revision ID: 907d6bf2c3a8
Revises: 6a2c8e5f10b7
Create Date: 2025-05-21 08:17:39.614528+00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '907d6bf2c3a8'
down_revision: Union[str, Sequence[str], None] = '6a2c8e5f10b7'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    # empty: allow the rows are in scripts/seeds/907d6bf2c3a8.py, which is run for this revision


def downgrade() -> None:
    """Downgrade schema."""
