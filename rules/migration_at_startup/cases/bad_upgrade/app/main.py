"""Starts the application."""

import subprocess

from alembic import command
from alembic.config import Config


def start() -> None:
    command.upgrade(Config("alembic.ini"), "head")
    subprocess.run(["alembic", "upgrade", "head"], check=True)


async def create(connection, base) -> None:
    await connection.run_sync(base.metadata.create_all)
