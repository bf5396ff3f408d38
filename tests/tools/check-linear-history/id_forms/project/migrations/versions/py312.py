"""change py312

Revision ID: py312
Revises: tabs
Create Date: 2024-02-02 10:00:00

"""

revision = "py312"
down_revision = "tabs"


def upgrade():
    names = ["a"]
    op.execute(f"DROP TABLE {", ".join(f"{n}" for n in names)}")
