"""Starts the application."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from app.state import current_revision


def start() -> None:
    script = ScriptDirectory.from_config(Config("alembic.ini"))
    if script.get_current_head() != current_revision():
        raise RuntimeError("run alembic upgrade head first")


def upgrade_for_tests() -> None:
    command.upgrade(Config("alembic.ini"), "head")  # gauger: ignore[migration-at-startup] tests only
