"""Let products have longer names

Revision ID: 86e1b4d0539c
Revises: f04ac9167b2d
Create Date: 2024-11-27 10:12:05.376419+00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '86e1b4d0539c'
down_revision: Union[str, Sequence[str], None] = 'f04ac9167b2d'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.alter_column(
        'products',
        'name',
        existing_type=sa.String(length=120),
        type_=sa.String(length=240),  # type-change: approved a longer varchar is only noted in the catalog
        existing_nullable=False,
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column(
        'products',
        'name',
        existing_type=sa.String(length=240),
        type_=sa.String(length=120),
        existing_nullable=False,
    )
