"""Check the bounds of 2024"""

from alembic import op

revision = "638f05d36eed"
down_revision = "0e708a4ffe4b"


def upgrade() -> None:
    op.create_check_constraint(
        "measures_2024_bounds_check", "measures_2024", "year >= 2024 AND year < 2025", postgresql_not_valid=True
    )
