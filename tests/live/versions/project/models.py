"""Written for SQLAlchemy 1.4 and 2 alike. With MUTATED in the environment one index is not there."""

import enum
import os

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class State(enum.Enum):
    new = "new"
    active = "active"


class Role(Base):
    __tablename__ = "roles"

    name = sa.Column(sa.String(40), primary_key=True)
    rank = sa.Column(sa.Integer, nullable=False, server_default=sa.text("0"), comment="low is first")


class User(Base):
    __tablename__ = "users"
    __table_args__ = (
        sa.CheckConstraint("char_length(email) > 2", name="users_email_check"),
        *([] if os.environ.get("MUTATED") else [sa.Index("ix_users_role", "role")]),
    )

    id = sa.Column(sa.BigInteger, sa.Identity(), primary_key=True)
    email = sa.Column(sa.String(320), nullable=False, unique=True)
    role = sa.Column(sa.ForeignKey("roles.name", ondelete="CASCADE"))
    state = sa.Column(sa.Enum(State, name="state"), nullable=False, server_default="new")
    tags = sa.Column(postgresql.ARRAY(sa.Text))
    document = sa.Column(postgresql.JSONB(), server_default=sa.text("'{}'"))
    made = sa.Column(sa.DateTime(timezone=True), server_default=sa.func.now())
