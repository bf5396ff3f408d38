"""Look and say, but do nothing."""

import logging

import sqlalchemy as sa
from alembic import op

revision = "740bdf72d28a"
down_revision = None

log = logging.getLogger(__name__)


def has_note():
    return "note" in [each["name"] for each in sa.inspect(op.get_bind()).get_columns("orders")]


def upgrade() -> None:
    bind = op.get_bind()
    log.info("there is nothing to do on %s", bind.dialect.name)
    print("done")
    statement = sa.text("UPDATE orders SET note = ''")
    if has_note():
        log.info("the note is there")
