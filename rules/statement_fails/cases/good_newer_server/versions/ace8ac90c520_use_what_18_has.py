"""Use what 18 has"""

from alembic import op

revision = "ace8ac90c520"
down_revision = "b7cff46cc1a6"


def upgrade() -> None:
    op.execute("ALTER TABLE orders ADD CONSTRAINT nn_status NOT NULL status NOT VALID")
    op.execute("ALTER TABLE users ADD COLUMN lower_mail text GENERATED ALWAYS AS (lower(mail)) VIRTUAL")
