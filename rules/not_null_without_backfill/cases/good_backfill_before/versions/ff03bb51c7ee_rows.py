"""Fill it row by row."""

import sqlalchemy as sa
from alembic import op

revision = "ff03bb51c7ee"
down_revision = "c12dd0645a70"


def upgrade() -> None:
    connection = op.get_bind()
    for row in connection.execute(sa.text("SELECT id, address FROM suppliers")):
        connection.execute(
            sa.text("UPDATE suppliers SET city = :city WHERE id = :id"),
            {"city": row.address["city"], "id": row.id},
        )
    op.alter_column("suppliers", "city", nullable=False)
