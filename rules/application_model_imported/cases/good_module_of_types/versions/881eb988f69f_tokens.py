"""Tokens"""

import sqlalchemy as sa
from alembic import op
from app import models

revision = "881eb988f69f"
down_revision = "171d61df0466"


def upgrade() -> None:
    op.add_column("users", sa.Column("token", models.GUID(length=16)))
