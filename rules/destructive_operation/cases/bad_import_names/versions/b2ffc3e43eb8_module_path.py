"""Import the module by its path."""

import alembic.op

revision = "b2ffc3e43eb8"
down_revision = "b4fb034e0e3f"


def upgrade() -> None:
    alembic.op.drop_column("customers", "telex")
