"""What a session has changed is written by commit()."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import orm

revision = "a1b2c3d4e5f8"
down_revision = None

Base = orm.declarative_base()


class Item(Base):
    __tablename__ = "items"
    id = sa.Column(sa.Integer(), primary_key=True)
    name = sa.Column(sa.Text())


class Database:
    Session = orm.Session


def upgrade() -> None:
    session = Database.Session(bind=op.get_bind())
    if sa.inspect(op.get_bind()).has_table("items"):
        for item in session.query(Item).all():
            item.name = item.name.strip()
    session.commit()
    session.close()
