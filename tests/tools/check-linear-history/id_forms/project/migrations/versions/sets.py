"""change sets

Revision ID: sets
Revises: optional
Create Date: 2024-02-06 10:00:00

"""

revision = "sets"
down_revision = {"optional"}
depends_on = ""
branch_labels = ()


def upgrade():
    pass
