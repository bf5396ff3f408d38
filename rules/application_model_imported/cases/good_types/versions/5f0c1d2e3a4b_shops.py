"""Shops"""

import sqlalchemy as sa
from alembic import op
from app.models.base import GUID, StrEnumType  # the types of columns

revision = "5f0c1d2e3a4b"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "shops",
        sa.Column("id", GUID(), primary_key=True),
        sa.Column(
            "kind",
            StrEnumType(length=20),
        ),
    )
    op.alter_column("shops", "kind", existing_type=GUID, nullable=False)


def downgrade() -> None:
    op.drop_table("shops")
