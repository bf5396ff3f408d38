"""Index product attributes

Revision ID: 2d8f41c0b6e5
Revises: a95e3b7c6018
Create Date: 2024-06-06 11:48:59.537310+00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '2d8f41c0b6e5'
down_revision: Union[str, Sequence[str], None] = 'a95e3b7c6018'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    with op.get_context().autocommit_block():
        op.drop_index('ix_products_attributes', table_name='products', if_exists=True, postgresql_concurrently=True)
        op.create_index(
            'ix_products_attributes',
            'products',
            ['attributes'],
            unique=False,
            postgresql_using='gin',
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    """Downgrade schema."""
    with op.get_context().autocommit_block():
        op.drop_index('ix_products_attributes', table_name='products', postgresql_concurrently=True)
