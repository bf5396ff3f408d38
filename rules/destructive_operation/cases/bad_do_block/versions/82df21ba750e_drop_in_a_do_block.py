"""Drop in a DO block."""

from alembic import op

revision = "82df21ba750e"
down_revision = None


def upgrade() -> None:
    op.execute(
        """
        DO $$
        BEGIN
            IF EXISTS (SELECT FROM pg_tables WHERE tablename = 'coupons') THEN
                DROP TABLE coupons;
            END IF;
            EXECUTE 'ALTER TABLE customers DROP COLUMN fax';
        EXCEPTION WHEN undefined_column THEN
            RAISE NOTICE 'there is no fax';
        END
        $$
        """
    )
