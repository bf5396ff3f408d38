#!/usr/bin/env python3
"""drift on models of every column type, with the migration that Alembic generates of them: no difference."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

import column_types
import psycopg
from drift_test import Project, live_server

HERE = pathlib.Path(__file__).resolve().parent

ENV = """
import os
from alembic import context
from sqlalchemy import create_engine, make_url
import column_types

url = make_url(os.environ["DATABASE_URL"]).set(drivername="postgresql+psycopg")
with create_engine(url).connect() as connection:
    context.configure(connection=connection, target_metadata=column_types.metadata)
    with context.begin_transaction():
        context.run_migrations()
"""

EXTENSIONS = """
from alembic import op

revision = "a1"
down_revision = None


def upgrade():
    op.execute("CREATE EXTENSION hstore")
    op.execute("CREATE EXTENSION citext")
"""

TEMPLATE = """
import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade():
    ${upgrades if upgrades else "pass"}
"""


class TypesTest(unittest.TestCase):
    maxDiff = None

    def test_every_type(self):
        # PostgreSQL 12 and 13 lack some of them.
        os.environ.pop("GAUGER_POSTGRES_BIN", None)
        project = Project(self, revision=EXTENSIONS, env=ENV)
        shutil.copy(HERE / "column_types.py", project.folder)
        (project.folder / "migrations" / "script.py.mako").write_text(TEMPLATE)
        with live_server() as dsn:
            with psycopg.connect(dsn(), autocommit=True) as connection:
                connection.execute("CREATE DATABASE types")
            for words in ("upgrade head", "revision --autogenerate -m types"):
                done = subprocess.run(
                    [sys.executable, "-B", "-m", "alembic", *words.split()],
                    cwd=project.folder,
                    env={"DATABASE_URL": dsn("types")},
                    capture_output=True,
                    text=True,
                )
                self.assertEqual(done.returncode, 0, done.stderr)
        done = project.drift("--format", "json")
        self.assertIn(done.returncode, (0, 1), done.stdout + done.stderr)
        summary = json.loads(done.stdout)["summary"]
        self.assertEqual([each["difference"] for each in summary["differences"]], [])
        self.assertEqual(summary["tables"], 2)

    def test_no_type_is_forgotten(self):
        types = {type(each).__name__ for each in column_types.instances()}
        self.assertGreaterEqual(len(types), 60)
        # Each type that the dialect knows by a name of the server's is that of a column.
        made = {
            type(each).__name__ for each in (column.type for column in column_types.table.columns)
        }
        for name, cls in column_types.pg.dialect.ischema_names.items():
            with self.subTest(name=name):
                self.assertIn(cls.__name__.lstrip("_"), made | {"ARRAY"})


if __name__ == "__main__":
    unittest.main()
