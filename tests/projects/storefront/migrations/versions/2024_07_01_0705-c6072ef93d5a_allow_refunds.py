"""Allow refunds

Revision ID: c6072ef93d5a
Revises: 2d8f41c0b6e5
Create Date: 2024-07-01 07:05:44.819226+00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'c6072ef93d5a'
down_revision: Union[str, Sequence[str], None] = '2d8f41c0b6e5'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'refunded'")
        op.execute("ALTER TYPE payment_method ADD VALUE IF NOT EXISTS 'transfer'")


def downgrade() -> None:
    """Downgrade schema."""
    # PostgreSQL cannot take a label out of an enum. Nothing minds an unused one.
