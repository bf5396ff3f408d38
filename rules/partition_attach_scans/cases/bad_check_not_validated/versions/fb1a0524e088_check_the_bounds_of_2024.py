"""Check the bounds of 2024"""

from alembic import op

revision = "fb1a0524e088"
down_revision = "64ac59738a4c"


def upgrade() -> None:
    op.create_check_constraint(
        "measures_2024_bounds_check", "measures_2024", "year >= 2024 AND year < 2025", postgresql_not_valid=True
    )
