"""change r006

Revision ID: r006
Revises: r005
Create Date:  

"""

revision = "r006"
down_revision = "r005"


def upgrade():
    pass
