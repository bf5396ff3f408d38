"""Ask customers whether they want news

Revision ID: 71d9c3f8a04e
Revises: e27a58b0c4d3
Create Date: 2024-04-02 08:55:12.664071+00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '71d9c3f8a04e'
down_revision: Union[str, Sequence[str], None] = 'e27a58b0c4d3'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.add_column('customers', sa.Column('wants_news', sa.Boolean(), server_default=sa.text('false'), nullable=False))


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column('customers', 'wants_news')
