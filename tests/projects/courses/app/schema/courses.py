import enum

from sqlalchemy import BigInteger, CheckConstraint, Enum, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.schema.base import Base


class Subject(Base):
    __tablename__ = "subjects"

    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))


class Course(Base):
    __tablename__ = "courses"
    __table_args__ = (CheckConstraint("places > 0", name="places"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    subject: Mapped[str] = mapped_column(ForeignKey("subjects.slug"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    places: Mapped[int] = mapped_column(Integer)


class State(enum.Enum):
    waiting = "waiting"
    enrolled = "enrolled"
    finished = "finished"


class Enrolment(Base):
    __tablename__ = "enrolments"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    state: Mapped[State] = mapped_column(Enum(State, name="enrolment_state"))
