"""Number the users"""

import sqlalchemy as sa
from alembic import op

revision = "74f5fc2eafd9"
down_revision = "5c30717dc760"


def upgrade() -> None:
    op.execute("ALTER TABLE users ADD COLUMN number bigserial")
    op.add_column("users", sa.Column("position", sa.BigInteger(), sa.Identity()))
    op.add_column("users", sa.Column("lower_email", sa.Text(), sa.Computed("lower(email)", persisted=True)))
