"""Make columns NOT NULL."""

import sqlalchemy as sa
from alembic import op

revision = "57871c6f295b"
down_revision = None


def upgrade() -> None:
    op.alter_column("customers", "display_name", existing_type=sa.String(200), nullable=False)
    op.alter_column("customers", "country", existing_type=sa.String(2), nullable=False, server_default="DE")
    with op.batch_alter_table("products") as batch_op:
        batch_op.alter_column("weight", existing_type=sa.Integer(), nullable=False, existing_nullable=True)
    op.execute("ALTER TABLE shop.orders ALTER COLUMN currency SET NOT NULL")
    op.get_bind().execute(sa.text("ALTER TABLE orders ALTER channel SET NOT NULL, ALTER note DROP NOT NULL"))
