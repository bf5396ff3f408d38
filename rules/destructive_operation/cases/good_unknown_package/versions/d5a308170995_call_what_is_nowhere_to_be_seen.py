"""Call what is nowhere to be seen."""

from companylib.migrations import remove_column_safely

revision = "d5a308170995"
down_revision = None


def upgrade() -> None:
    remove_column_safely("customers", "fax")
