"""Delete the markers."""

import sqlalchemy as sa
from alembic import op

revision = "e447cf1cbcfb"
down_revision = None


def upgrade() -> None:
    """Upgrade schema."""
    op.add_column('orders', sa.Column('note', sa.Text(), nullable=True))


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column('orders', 'note')
