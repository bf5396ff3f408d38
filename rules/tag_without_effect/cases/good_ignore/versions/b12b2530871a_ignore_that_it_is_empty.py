"""Ignore that it is empty."""

revision = "b12b2530871a"
down_revision = "828173f136d4"


def upgrade() -> None:  # gauger: ignore[empty-migration] a marker
    pass
