"""Give customers one name

Revision ID: f04ac9167b2d
Revises: 138b5da7e2f6
Create Date: 2024-10-09 15:21:37.093582+00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

from app.migration_helpers import fill_in_batches


# revision identifiers, used by Alembic.
revision: str = 'f04ac9167b2d'
down_revision: Union[str, Sequence[str], None] = '138b5da7e2f6'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.add_column('customers', sa.Column('display_name', sa.String(length=200), nullable=True))
    fill_in_batches(
        'customers',
        "display_name = coalesce(nullif(concat_ws(' ', first_name, last_name), ''), email)",
        'display_name IS NULL',
    )
    op.create_check_constraint(
        op.f('ck_customers_display_name_not_null'), 'customers', 'display_name IS NOT NULL', postgresql_not_valid=True
    )
    with op.get_context().autocommit_block():
        op.execute('ALTER TABLE customers VALIDATE CONSTRAINT ck_customers_display_name_not_null')
    op.alter_column('customers', 'display_name', existing_type=sa.String(length=200), nullable=False)
    op.drop_constraint(op.f('ck_customers_display_name_not_null'), 'customers', type_='check')


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column('customers', 'display_name')
