"""Change what the view does not read"""

import sqlalchemy as sa
from alembic import op

revision = "e660392382a6"
down_revision = "6cc7548f14c0"


def upgrade() -> None:
    op.alter_column("users", "mail", existing_type=sa.String(50), type_=sa.String(100))
    op.drop_column("users", "mail")
