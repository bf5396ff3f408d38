"""Change to types of the project."""

import sqlalchemy as sa
from alembic import op

from app.types import Money

revision = "c93b330d8b63"
down_revision = None


def upgrade() -> None:
    op.alter_column("products", "price", existing_type=sa.Integer(), type_=Money())
    op.alter_column("products", "cost", existing_type=Money(currency="EUR"), type_=Money(currency="USD"))
