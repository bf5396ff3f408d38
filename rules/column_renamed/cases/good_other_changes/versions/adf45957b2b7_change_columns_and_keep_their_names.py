"""Change columns and keep their names"""

import sqlalchemy as sa
from alembic import op

revision = "adf45957b2b7"
down_revision = "ae380054303e"


def upgrade() -> None:
    op.alter_column("users", "name", existing_type=sa.Text(), comment="as on the passport")
    op.execute("ALTER TABLE users RENAME CONSTRAINT users_pkey TO pk_users")
