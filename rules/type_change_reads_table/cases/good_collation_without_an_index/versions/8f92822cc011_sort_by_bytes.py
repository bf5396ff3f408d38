"""Sort by bytes"""

import sqlalchemy as sa
from alembic import op

revision = "8f92822cc011"
down_revision = "36ed2ba50504"


def upgrade() -> None:
    op.alter_column("orders", "note", existing_type=sa.Text(), type_=sa.Text(collation="C"))
