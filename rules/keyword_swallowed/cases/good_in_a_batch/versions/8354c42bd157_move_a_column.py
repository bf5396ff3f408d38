"""Move a column"""

import sqlalchemy as sa
from alembic import op

revision = "8354c42bd157"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("users") as batch:
        batch.alter_column("name", type_=sa.Text(), insert_after="id")
