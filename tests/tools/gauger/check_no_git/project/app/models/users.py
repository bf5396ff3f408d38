import sqlalchemy as sa

from app.base import Base


class User(Base):
    """A person."""

    __tablename__ = "users"

    id = sa.Column(sa.Integer, primary_key=True)
    email = sa.Column(sa.String(50), nullable=False)
    name = sa.Column(sa.Text)
