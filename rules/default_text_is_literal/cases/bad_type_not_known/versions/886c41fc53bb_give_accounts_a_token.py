"""Give accounts a token"""

from alembic import op

revision = "886c41fc53bb"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("accounts") as batch:
        batch.alter_column("token", server_default="gen_random_uuid()")
