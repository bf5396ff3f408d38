"""Give users constants"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "8bc641dcb9f5"
down_revision = "6e7313940cdf"


def upgrade() -> None:
    op.add_column("users", sa.Column("role", sa.Text(), server_default="user"))
    op.add_column("users", sa.Column("note", sa.Text(), server_default="none(yet)"))
    op.add_column("users", sa.Column("title", sa.Text(), server_default="now (and then)"))
    op.add_column("users", sa.Column("born", sa.Date(), server_default="1970-01-01"))
    op.add_column("users", sa.Column("traits", sa.JSON(), server_default='{"call": "now()"}'))
    op.execute("CREATE TYPE mood AS ENUM ('now()', 'later()')")
    op.add_column("users", sa.Column("mood", sa.Enum("now()", "later()", name="mood"), server_default="now()"))
    op.add_column("users", sa.Column("place", Geometry("POINT"), server_default="POINT(0 0)"))
