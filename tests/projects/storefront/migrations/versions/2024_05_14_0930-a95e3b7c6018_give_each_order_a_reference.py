"""Give each order a reference

Revision ID: a95e3b7c6018
Revises: 4be60d12f7c9
Create Date: 2024-05-14 09:30:26.280495+00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'a95e3b7c6018'
down_revision: Union[str, Sequence[str], None] = '4be60d12f7c9'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.add_column('orders', sa.Column('reference', sa.Uuid(), nullable=True))
    op.alter_column('orders', 'reference', server_default=sa.text('md5(random()::text)::uuid'))
    op.execute("UPDATE orders SET reference = md5(random()::text)::uuid WHERE reference IS NULL")
    op.create_check_constraint(
        op.f('ck_orders_reference_not_null'), 'orders', 'reference IS NOT NULL', postgresql_not_valid=True
    )
    with op.get_context().autocommit_block():
        op.execute('ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_reference_not_null')
    op.alter_column('orders', 'reference', existing_type=sa.Uuid(), nullable=False)
    op.drop_constraint(op.f('ck_orders_reference_not_null'), 'orders', type_='check')
    with op.get_context().autocommit_block():
        op.create_index('uq_orders_reference', 'orders', ['reference'], unique=True, postgresql_concurrently=True)
    op.execute("ALTER TABLE orders ADD CONSTRAINT uq_orders_reference UNIQUE USING INDEX uq_orders_reference")


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f('uq_orders_reference'), 'orders', type_='unique')
    op.drop_column('orders', 'reference')
