"""Small projects for the tests of smoke, and running it on them."""

import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from live_program import live_server  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
BIN = pathlib.Path(os.environ.get("GAUGER_BIN", HERE.parents[2] / "build" / "bin"))
STOREFRONT = HERE.parents[1] / "projects" / "storefront"

ENV = """
import os
from alembic import context
from sqlalchemy import create_engine

with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    context.configure(connection=connection, target_metadata=None, **{options})
    with context.begin_transaction():
        context.run_migrations()
"""

ASYNC_ENV = """
import asyncio, os
from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine

def run(connection):
    context.configure(connection=connection, target_metadata=None, **{options})
    with context.begin_transaction():
        context.run_migrations()

async def main():
    async with create_async_engine(os.environ["DATABASE_URL"]).connect() as connection:
        await connection.run_sync(run)

asyncio.run(main())
"""

REVISION = '''"""{id}"""
import sqlalchemy as sa
from alembic import op

revision = {id!r}
down_revision = {down!r}


def upgrade():
{upgrade}


def downgrade():
{downgrade}
'''

USERS = 'op.create_table("users", sa.Column("id", sa.Integer, primary_key=True))'


def indented(text):
    return "\n".join("    " + line for line in text.strip("\n").split("\n"))


class Project:
    """`revisions`: of upgrade() and downgrade(), or of upgrade() alone, one on top of the other."""

    def __init__(self, test: unittest.TestCase, revisions, options="{}", env=ENV, toml=""):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        test.addCleanup(shutil.rmtree, self.folder)
        self.write(".git/HEAD", "")
        self.write(
            "alembic.ini", "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n"
        )
        self.write("gauger.toml", toml)
        self.write("migrations/env.py", env.replace("{options}", options))
        down = None
        for number, functions in enumerate(revisions, 1):
            up, back = functions if isinstance(functions, tuple) else (functions, "pass")
            text = REVISION.format(
                id=f"r{number}", down=down, upgrade=indented(up), downgrade=indented(back)
            )
            down = f"r{number}"
            self.write(f"migrations/versions/{down}.py", text)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def smoke(self, *arguments, **variables):
        return smoke(self.folder, *arguments, **variables)

    def summary(self, *arguments, status=0):
        done = self.smoke("--format", "json", *arguments)
        assert done.returncode == status, done.stdout + done.stderr
        return json.loads(done.stdout)["summary"]


@contextlib.contextmanager
def other_server():
    """A server that is not smoke's own; its DSN."""
    with live_server() as dsn:
        yield dsn()


def environment(**variables):
    return {
        "PATH": os.environ["PATH"],
        "VIRTUAL_ENV": sys.prefix,
        "PYTHONDONTWRITEBYTECODE": "1",
        **variables,
    }


def command(folder, *arguments, tool="smoke"):
    # The sample project needs PostgreSQL 13.
    given = os.environ.get("GAUGER_POSTGRES_BIN") if folder != STOREFRONT else None
    return [BIN / tool, *arguments, *(["--postgres-bin", given] if given else [])]


def smoke(folder, *arguments, **variables):
    return subprocess.run(
        command(folder, *arguments),
        cwd=folder,
        env=environment(**variables),
        capture_output=True,
        text=True,
    )


def findings(done):
    return json.loads(done.stdout)["findings"]
