"""Answers requests."""

from app.models import Role
from sqlalchemy import text


def create(session, request) -> None:
    names = set()
    names.add("admin")
    session.add(Role(name=request.name))
    session.execute(text("INSERT INTO roles (name) VALUES (:name)"), {"name": request.name})
