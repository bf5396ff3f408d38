"""Make clean"""

from alembic import op

revision = "ce48651de61d"
down_revision = "c4ca1f2b6c6d"


def upgrade() -> None:
    op.execute("CREATE FUNCTION clean() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE orders; END $$")
