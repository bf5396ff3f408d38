"""Let it be empty."""

import sqlalchemy as sa
from alembic import op

revision = "6e351943e667"
down_revision = None


def upgrade() -> None:
    op.add_column("customers", sa.Column("fax", sa.String(40)))
    op.add_column("customers", sa.Column("telex", sa.String(40), nullable=True))
    op.alter_column("customers", "country", existing_type=sa.String(2), nullable=True)
    op.alter_column("customers", "country", existing_type=sa.String(2), existing_nullable=False, server_default="DE")
    op.alter_column("customers", "email", existing_type=sa.Text(), nullable=False, existing_nullable=False)
    op.execute("ALTER TABLE customers ALTER COLUMN city DROP NOT NULL")
    op.execute("ALTER TABLE customers ADD CONSTRAINT ck_city CHECK (city IS NOT NULL) NOT VALID")
