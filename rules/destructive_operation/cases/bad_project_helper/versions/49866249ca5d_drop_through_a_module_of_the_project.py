"""Drop through a module of the project."""

from app import migration_helpers as helpers
from app.migration_helpers import LEFT_OVER, guarded_drop_column

revision = "49866249ca5d"
down_revision = None


def upgrade() -> None:
    guarded_drop_column("customers", "fax")
    helpers.guarded_drop_column("customers", "telex")
    for column in LEFT_OVER:
        helpers.guarded_drop_column("customers", column)
