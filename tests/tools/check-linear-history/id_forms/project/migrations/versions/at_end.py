"""change at_end

Revision ID: at_end
Revises: sets
Create Date: 2024-02-07 10:00:00

"""

revision = "at_end"
down_revision = "sets"


def upgrade():
    pass
# the end: