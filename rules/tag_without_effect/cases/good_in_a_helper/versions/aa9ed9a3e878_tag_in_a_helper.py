"""Tag in a helper."""

from alembic import op

from app.migration_helpers import retire

revision = "aa9ed9a3e878"
down_revision = None


def drop_contact(name):
    op.drop_column("customers", name)  # destructive: approved contacts are in the CRM


def upgrade() -> None:
    drop_contact("fax")
    retire("telex")
