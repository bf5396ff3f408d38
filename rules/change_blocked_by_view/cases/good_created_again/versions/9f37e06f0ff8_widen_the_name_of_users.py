"""Widen the name of users"""

import sqlalchemy as sa
from alembic import op

revision = "9f37e06f0ff8"
down_revision = "57f5e3018a13"


def upgrade() -> None:
    op.execute("DROP VIEW user_names")
    op.alter_column("users", "name", existing_type=sa.String(50), type_=sa.String(100))
    op.execute("CREATE VIEW user_names AS SELECT id, name FROM users")
