import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class GUID(sa.Uuid):
    pass


class Shop(Base):
    __tablename__ = "shops"
    id = sa.Column(GUID(), primary_key=True)
    name = sa.Column(sa.Text())
