"""Shops"""

import sqlalchemy as sa
from alembic import op
from app.models.base import GUID, Shop
from app.models.items import Item

revision = "6a1b2c3d4e5f"
down_revision = None


def upgrade() -> None:
    op.create_table("shops", sa.Column("id", GUID(), primary_key=True))
    op.execute(sa.update(Shop).values(name=""))
    op.execute(sa.select(sa.column("id"), Item))
