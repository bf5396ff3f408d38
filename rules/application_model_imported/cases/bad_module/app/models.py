import sqlalchemy as sa
from sqlalchemy import orm

Base = orm.declarative_base()
GUID = sa.CHAR


class User(Base):
    __tablename__ = "users"
    id = sa.Column(sa.Integer, primary_key=True)
    mail = sa.Column(sa.Text)
    age = sa.Column(sa.Integer)
