import sqlalchemy as sa

from app.models.base import Base


class Item(Base):
    __tablename__ = "items"
    id = sa.Column(sa.Integer(), primary_key=True)
