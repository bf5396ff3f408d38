"""Set what moves no row"""

from alembic import op

revision = "03780b37e546"
down_revision = "03c9a47b9b22"


def upgrade() -> None:
    op.execute("ALTER TABLE visits SET LOGGED")
    op.execute("ALTER TABLE visits SET (fillfactor = 80)")
    op.execute("ALTER TABLE visits CLUSTER ON visits_pkey")
    with op.get_context().autocommit_block():
        op.execute("VACUUM (ANALYZE) visits")
