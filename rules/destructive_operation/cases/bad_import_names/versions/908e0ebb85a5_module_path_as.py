"""Import the module by its path under a name."""

import alembic.op as o

revision = "908e0ebb85a5"
down_revision = "b2ffc3e43eb8"


def upgrade() -> None:
    o.drop_column("customers", "telegram")
