"""Drop the foreign key"""

from alembic import op

revision = "3a0d9404f620"
down_revision = "975484ff5115"


def upgrade() -> None:
    op.drop_constraint(None, "orders", type_="foreignkey")
