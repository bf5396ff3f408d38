"""Let columns be longer"""

import sqlalchemy as sa
from alembic import op

revision = "05ccd7c40fc5"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("users") as batch:
        batch.alter_column("name", nulable=False, type_=sa.Text())
    for column in ("street", "town"):
        op.alter_column("addresses", column, type=sa.Text())
