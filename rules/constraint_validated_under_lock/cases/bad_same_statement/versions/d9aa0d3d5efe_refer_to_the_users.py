"""Refer to the users"""

from alembic import op

revision = "d9aa0d3d5efe"
down_revision = "ff44c8138681"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE orders ADD CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users NOT VALID,"
        " VALIDATE CONSTRAINT fk_orders_user"
    )
