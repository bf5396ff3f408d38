"""Drop the two names of customers

Revision ID: d35f70a8ce41
Revises: 86e1b4d0539c
Create Date: 2025-01-15 09:44:50.250773+00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

from app.migration_helpers import guarded_drop_column


# revision identifiers, used by Alembic.
revision: str = 'd35f70a8ce41'
down_revision: Union[str, Sequence[str], None] = '86e1b4d0539c'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    # destructive: approved display_name has replaced them since f04ac9167b2d, and no release reads them
    for column in ('first_name', 'last_name'):
        guarded_drop_column('customers', column)


def downgrade() -> None:
    """Downgrade schema."""
    op.add_column('customers', sa.Column('first_name', sa.String(length=100), nullable=True))
    op.add_column('customers', sa.Column('last_name', sa.String(length=100), nullable=True))
