"""Index codes"""

from alembic import op

revision = "9a03e5d84c71"
down_revision = "4b7d10c92fe6"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("codes_pkey", "codes", ["shop", "code"], unique=True, postgresql_concurrently=True)
