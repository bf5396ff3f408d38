"""Use what 18 has"""

from alembic import op

revision = "8dac92db41f6"
down_revision = "b4ae7e6c88c3"


def upgrade() -> None:
    op.execute("ALTER TABLE orders ADD CONSTRAINT nn_status NOT NULL status NOT VALID")
    op.execute("ALTER TABLE users ADD COLUMN lower_mail text GENERATED ALWAYS AS (lower(mail)) VIRTUAL")
