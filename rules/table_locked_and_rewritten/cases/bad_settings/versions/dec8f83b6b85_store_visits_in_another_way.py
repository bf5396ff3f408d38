"""Store visits in another way"""

from alembic import op

revision = "dec8f83b6b85"
down_revision = "de47315afda2"


def upgrade() -> None:
    op.execute("ALTER TABLE visits SET UNLOGGED")
    op.execute("ALTER TABLE visits SET TABLESPACE fast")
    op.execute("CLUSTER visits USING visits_pkey")
    with op.get_context().autocommit_block():
        op.execute("VACUUM FULL visits")
