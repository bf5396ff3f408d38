"""Change it back."""

import sqlalchemy as sa
from alembic import op

revision = "a07f5c8f4214"
down_revision = None


def upgrade() -> None:
    # type-change: approved only the catalog changes
    op.alter_column("products", "name", existing_type=sa.String(120), type_=sa.String(240))


def downgrade() -> None:
    op.alter_column("products", "name", existing_type=sa.String(240), type_=sa.String(120))
