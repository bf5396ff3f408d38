"""Change through an installed package."""

import sqlalchemy as sa
from companylib.migrations import change_in_place

revision = "023d1f2cb1d0"
down_revision = None


def upgrade() -> None:
    change_in_place("products", "price", type_=sa.BigInteger(), existing_type=sa.Integer())
