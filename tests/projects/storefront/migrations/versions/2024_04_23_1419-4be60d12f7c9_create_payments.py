"""Create payments

Revision ID: 4be60d12f7c9
Revises: 71d9c3f8a04e
Create Date: 2024-04-23 14:19:03.951847+00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision: str = '4be60d12f7c9'
down_revision: Union[str, Sequence[str], None] = '71d9c3f8a04e'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


# Invoices will have the type, too, so it is made here and not by the table.
payment_method = postgresql.ENUM('card', 'invoice', name='payment_method', create_type=False)


def upgrade() -> None:
    """Upgrade schema."""
    payment_method.create(op.get_bind(), checkfirst=True)
    op.create_table(
        'payments',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('order_id', sa.Integer(), nullable=False),
        sa.Column('method', payment_method, nullable=False),
        sa.Column('amount_cents', sa.Integer(), nullable=False),
        sa.Column('received_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_payments_order_id_orders')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_payments')),
    )
    op.create_index(op.f('ix_payments_order_id'), 'payments', ['order_id'], unique=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table('payments')
    payment_method.drop(op.get_bind(), checkfirst=True)
