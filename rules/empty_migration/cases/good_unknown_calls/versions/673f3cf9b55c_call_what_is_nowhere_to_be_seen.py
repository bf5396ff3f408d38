"""Call what is nowhere to be seen."""

from companylib.audit import install_triggers

revision = "673f3cf9b55c"
down_revision = None


def upgrade() -> None:
    install_triggers("orders")
