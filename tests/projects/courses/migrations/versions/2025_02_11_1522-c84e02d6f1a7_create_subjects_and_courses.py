"""Create subjects and courses

Revision ID: c84e02d6f1a7
Revises: 3b1f7a9c50d2
Create Date: 2025-02-11 15:22:07.730915+00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'c84e02d6f1a7'
down_revision: Union[str, Sequence[str], None] = '3b1f7a9c50d2'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        'subjects',
        sa.Column('slug', sa.String(length=40), nullable=False),
        sa.Column('title', sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint('slug', name=op.f('pk_subjects')),
    )
    op.create_table(
        'courses',
        sa.Column('id', sa.BigInteger(), nullable=False),
        sa.Column('subject', sa.String(length=40), nullable=False),
        sa.Column('title', sa.String(length=200), nullable=False),
        sa.Column('places', sa.Integer(), nullable=False),
        sa.CheckConstraint('places > 0', name=op.f('ck_courses_places')),
        sa.ForeignKeyConstraint(
            ['subject'], ['subjects.slug'], name=op.f('fk_courses_subject_subjects')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_courses')),
    )
    op.create_index(op.f('ix_courses_subject'), 'courses', ['subject'], unique=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f('ix_courses_subject'), table_name='courses')
    op.drop_table('courses')
    op.drop_table('subjects')
