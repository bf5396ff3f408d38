"""Create enrolments

Revision ID: 9d60b7e5a2c3
Revises: c84e02d6f1a7
Create Date: 2025-03-19 08:34:55.402771+00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '9d60b7e5a2c3'
down_revision: Union[str, Sequence[str], None] = 'c84e02d6f1a7'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        'enrolments',
        sa.Column('course_id', sa.BigInteger(), nullable=False),
        sa.Column('user_id', sa.BigInteger(), nullable=False),
        sa.Column(
            'state',
            sa.Enum('waiting', 'enrolled', 'finished', name='enrolment_state'),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ['course_id'], ['courses.id'], name=op.f('fk_enrolments_course_id_courses')
        ),
        sa.ForeignKeyConstraint(
            ['user_id'], ['users.id'], name=op.f('fk_enrolments_user_id_users')
        ),
        sa.PrimaryKeyConstraint('course_id', 'user_id', name=op.f('pk_enrolments')),
    )
    op.create_index(op.f('ix_enrolments_user_id'), 'enrolments', ['user_id'], unique=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f('ix_enrolments_user_id'), table_name='enrolments')
    op.drop_table('enrolments')
    sa.Enum(name='enrolment_state').drop(op.get_bind())
