"""Spell empty right."""

revision = "e266f0de1432"
down_revision = "63b4a768ae4a"


def upgrade() -> None:
    pass  # empty: allow the seed does it
