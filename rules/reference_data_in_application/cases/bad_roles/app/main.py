"""Starts the application."""

from app.models import Role
from sqlalchemy import insert, text


def start(session) -> None:
    session.add(Role(name="admin"))
    session.add_all([Role(name="editor"), Role(name="reader")])
    session.execute(insert(Role).values(name="guest"))
    session.execute(text("INSERT INTO roles (name) VALUES ('owner')"))
