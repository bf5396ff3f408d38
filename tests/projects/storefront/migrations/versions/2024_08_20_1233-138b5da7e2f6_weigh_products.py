"""Weigh products

Revision ID: 138b5da7e2f6
Revises: c6072ef93d5a
Create Date: 2024-08-20 12:33:18.442960+00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '138b5da7e2f6'
down_revision: Union[str, Sequence[str], None] = 'c6072ef93d5a'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    with op.batch_alter_table('products', schema=None) as batch_op:
        batch_op.add_column(sa.Column('weight_grams', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f('ck_products_weight_positive'), 'weight_grams > 0', postgresql_not_valid=True
        )
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE products VALIDATE CONSTRAINT ck_products_weight_positive")


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table('products', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_products_weight_positive'), type_='check')
        batch_op.drop_column('weight_grams')
