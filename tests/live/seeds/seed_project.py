"""A project with seed scripts, a server that is not Gauger's own, and what is in it."""

import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import psycopg

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from live_program import dsn_of, live_program  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
BIN = pathlib.Path(os.environ.get("GAUGER_BIN", HERE.parents[2] / "build" / "bin"))
STOREFRONT = HERE.parents[1] / "projects" / "storefront"

ENV = """
import os
from alembic import context
from sqlalchemy import create_engine, make_url

url = make_url(os.environ["GAUGER_PG_DSN"]).set(drivername="postgresql+psycopg")
with create_engine(url).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""

ROLES = """
from alembic import op

revision = "a1"
down_revision = None


def upgrade():
    op.execute("CREATE TABLE roles (name text PRIMARY KEY, rank integer NOT NULL DEFAULT 0)")
"""

STATES = """
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
    op.execute("CREATE TABLE states (id serial PRIMARY KEY, label text)")
"""

ASYNC_SEED = """
from sqlalchemy import text


async def seed(connection):
    await connection.execute(
        text("INSERT INTO roles (name, rank) VALUES ('admin', 1), ('user', 2) ON CONFLICT DO NOTHING")
    )
"""

PLAIN_SEED = """
from sqlalchemy import text


def seed(connection):
    connection.execute(
        text("INSERT INTO states (label) SELECT 'new' WHERE NOT EXISTS (SELECT FROM states)")
    )
"""


class Server:
    """The server of a test class; each project has a database of its own on it."""

    def __init__(self):
        self.program = contextlib.ExitStack()
        self.folder = self.program.enter_context(live_program("server"))
        self.dsn = dsn_of(self.folder)
        self.databases = 0

    def make_database(self):
        self.databases += 1
        with psycopg.connect(self.dsn(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE shop{self.databases}")
        return f"shop{self.databases}"

    def stop(self):
        self.program.close()


class Project:
    def __init__(self, test: unittest.TestCase, server=None, seeds=None, toml="", env=ENV):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        test.addCleanup(shutil.rmtree, self.folder)
        self.write(".git/HEAD", "")
        self.write("alembic.ini", "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n")
        self.write("gauger.toml", toml)
        self.write("migrations/env.py", env)
        self.write("migrations/versions/a1.py", ROLES)
        self.write("migrations/versions/b2.py", STATES)
        seeds = {"a1.py": ASYNC_SEED, "b2.py": PLAIN_SEED} if seeds is None else seeds
        for name, text in seeds.items():
            self.write("scripts/seeds/" + name, text)
        self.environment = {
            "PATH": os.environ["PATH"],
            "VIRTUAL_ENV": sys.prefix,
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        if server:
            self.database = server.make_database()
            self.dsn = server.dsn(self.database)
            self.environment["GAUGER_PG_DSN"] = self.dsn

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def migrate(self, revision="head"):
        """What `alembic upgrade` leaves of the project's own revisions, without its start."""
        with self.connect() as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num text)")
            at = connection.execute("DELETE FROM alembic_version RETURNING version_num").fetchone()
            if at is None:
                connection.execute(ROLES.split('"')[-2])
            if revision == "head":
                connection.execute(STATES.split('"')[-2])
            head = "b2" if revision == "head" else revision
            connection.execute("INSERT INTO alembic_version VALUES (%s)", [head])

    def command(self, tool, *arguments):
        given = os.environ.get("GAUGER_POSTGRES_BIN")
        # run-seeds has no such flag; the sample project needs PostgreSQL 13.
        if not given or tool != "seed-data-check" or self.folder == STOREFRONT:
            return [BIN / tool, *arguments]
        return [BIN / tool, *arguments, "--postgres-bin", given]

    def start(self, tool, *arguments, **variables):
        return subprocess.Popen(
            self.command(tool, *arguments),
            cwd=self.folder,
            env={**self.environment, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, tool, *arguments, **variables):
        return subprocess.run(
            self.command(tool, *arguments),
            cwd=self.folder,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
        )

    def connect(self):
        return psycopg.connect(self.dsn, autocommit=True)

    def values(self, sql):
        with self.connect() as connection:
            return [row[0] for row in connection.execute(sql).fetchall()]

    def recorded(self):
        return self.values("SELECT revision FROM seed_versions ORDER BY revision")


def report(done):
    return json.loads(done.stdout)


@contextlib.contextmanager
def held_lock(project):
    with project.connect() as connection:
        connection.execute("SET application_name = 'the other'")
        connection.execute("SELECT pg_advisory_lock(113668279199090)")
        yield connection
