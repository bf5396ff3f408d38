"""Drop the import log

Revision ID: 6a2c8e5f10b7
Revises: d35f70a8ce41
Create Date: 2025-03-04 16:58:22.907134+00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '6a2c8e5f10b7'
down_revision: Union[str, Sequence[str], None] = 'd35f70a8ce41'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.drop_table('import_log')  # destructive: approved the last import ran in 2024, a dump is kept
    op.alter_column(
        'payments',
        'amount_cents',
        existing_type=sa.Integer(),
        type_=sa.BigInteger(),  # type-change: approved payments has 40,000 rows, and the rewrite took 0.2 s
        existing_nullable=False,
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.alter_column(
        'payments',
        'amount_cents',
        existing_type=sa.BigInteger(),
        type_=sa.Integer(),
        existing_nullable=False,
    )
    op.create_table(
        'import_log',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('file_name', sa.String(length=255), nullable=False),
        sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_import_log')),
    )
