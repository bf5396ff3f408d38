from app.schema.base import Base
from app.schema.courses import Course, Enrolment, Subject
from app.schema.people import Role, User

__all__ = ["Base", "Course", "Enrolment", "Role", "Subject", "User"]
