"""A default that the project's settings know, and that this file does not.

It stands further down than the file of the settings is long.
"""

import sqlalchemy as sa
from alembic import op

import app.conf

revision = "6f2d91a0c4b7"
down_revision = None

CONF = app.conf.CONF


def upgrade() -> None:
    op.create_table(
        "providers",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("prefix", sa.String(256), server_default=CONF.saml.relay_state_prefix),
    )
