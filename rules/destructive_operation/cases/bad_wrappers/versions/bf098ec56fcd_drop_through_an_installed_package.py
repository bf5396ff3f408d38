"""Drop through an installed package."""

from companylib import migrations
from companylib.migrations import remove_column_safely

revision = "bf098ec56fcd"
down_revision = None


def upgrade() -> None:
    remove_column_safely("customers", "fax", lock_timeout="2s")
    migrations.retire("coupons")
