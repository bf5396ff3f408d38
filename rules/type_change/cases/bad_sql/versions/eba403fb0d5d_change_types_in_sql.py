"""Change types in SQL."""

import sqlalchemy as sa
from alembic import op

revision = "eba403fb0d5d"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE products ALTER COLUMN price TYPE numeric(12, 2)")
    op.execute("ALTER TABLE shop.orders ALTER total SET DATA TYPE bigint, ALTER placed_at TYPE timestamptz")
    op.get_bind().execute(sa.text("ALTER TABLE customers ALTER COLUMN born TYPE date USING born::date"))
    op.execute(
        """
        DO $$
        BEGIN
            IF current_setting('server_version_num')::int >= 140000 THEN
                ALTER TABLE lines ALTER COLUMN note TYPE text COMPRESSION lz4;
            END IF;
        END
        $$
        """.replace(" COMPRESSION lz4", "")
    )
