"""Fill it in a DO block."""

from alembic import op

revision = "41edb38b14af"
down_revision = "ff03bb51c7ee"


def upgrade() -> None:
    op.execute(
        """
        DO $$
        DECLARE
            r record;
        BEGIN
            FOR r IN SELECT id FROM parcels WHERE weight IS NULL LOOP
                UPDATE parcels SET weight = 1 WHERE id = r.id;
            END LOOP;
        END
        $$
        """
    )
    op.execute("ALTER TABLE parcels ALTER COLUMN weight SET NOT NULL")
