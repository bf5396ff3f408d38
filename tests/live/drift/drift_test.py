#!/usr/bin/env python3
"""drift as a user meets it: arguments, exit status, report, and what it leaves behind."""

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
from live_program import live_server  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
BIN = pathlib.Path(os.environ.get("GAUGER_BIN", HERE.parents[2] / "build" / "bin"))
STOREFRONT = HERE.parents[1] / "projects" / "storefront"

ENV = """
import os
from alembic import context
from sqlalchemy import create_engine
import models

with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    context.configure(connection=connection, target_metadata=models.metadata, **models.options)
    with context.begin_transaction():
        context.run_migrations()
"""

MODELS = """
import sqlalchemy as sa

options = {}
metadata = sa.MetaData()
users = sa.Table(
    "users", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("email", sa.String(50), nullable=False),
)
"""

REVISION = """
import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None


def upgrade():
    op.create_table(
        "users",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("email", sa.String(50), nullable=False),
    )
"""
SECOND = """
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "b2"
down_revision = "a1"


def upgrade():
"""


class Project:
    def __init__(self, test: unittest.TestCase, models=MODELS, revision=REVISION, env=ENV, toml=""):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        test.addCleanup(shutil.rmtree, self.folder)
        files = {
            ".git/HEAD": "",
            "alembic.ini": "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n",
            "gauger.toml": toml,
            "models.py": models,
            "migrations/env.py": env,
            "migrations/versions/a1.py": revision,
        }
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def drift(self, *arguments, **variables):
        return drift(self.folder, *arguments, **variables)

    def drift_after(self, lines: list[str]) -> list[str]:
        """What differs once these operations are the next revision."""
        body = "".join(f"    {line}\n" for line in lines)
        (self.folder / "migrations" / "versions" / "b2.py").write_text(SECOND + body)
        done = self.drift("--format", "json")
        return differences(done) if done.returncode in (0, 1) else done.stderr.splitlines()


def drift(folder, *arguments, **variables):
    environment = {
        "PATH": os.environ["PATH"],
        "VIRTUAL_ENV": sys.prefix,
        "PYTHONDONTWRITEBYTECODE": "1",
        **variables,
    }
    # The sample project needs PostgreSQL 13.
    given = os.environ.get("GAUGER_POSTGRES_BIN") if folder != STOREFRONT else None
    if given and "--postgres-bin" not in arguments:
        arguments = [*arguments, "--postgres-bin", given]
    return subprocess.run(
        [BIN / "drift", *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )


def differences(done) -> list[str]:
    return [each["difference"] for each in json.loads(done.stdout)["summary"]["differences"]]


def proposed(done) -> list[str]:
    found = json.loads(done.stdout)["summary"]["differences"]
    return [line for each in found for line in each["operations"]]


class DriftTest(unittest.TestCase):
    maxDiff = None

    def test_sample_project(self):
        done = drift(STOREFRONT, "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        summary = json.loads(done.stdout)["summary"]
        self.assertEqual((summary["tables"], summary["enums"], summary["revisions"]), (7, 2, 15))
        self.assertEqual(summary["differences"], [])

    def test_text(self):
        temporary = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, temporary)
        temporary.chmod(0o1777)  # for the server's own user
        project = Project(self, models=MODELS.replace("String(50)", "Text"))
        done = project.drift("--quiet", TMPDIR=str(temporary))
        self.assertEqual(list(temporary.iterdir()), [])
        self.assertEqual(done.returncode, 1)
        self.assertIn(
            "error[drift]: column users.email: type character varying(50), expected text\n",
            done.stdout,
        )
        self.assertIn('op.alter_column("users", "email", ', done.stdout)
        self.assertIn("not compared: views, functions", done.stdout)
        self.assertEqual(done.stderr, "")

    def test_allowances(self):
        models = MODELS.replace("String(50)", "Text")
        project = Project(self, models=models, toml='environment-prefix = "SHOP"\n')
        name = "SHOP_MIGRATION_DRIFT_ALLOWLIST"
        done = project.drift(**{name: "users.email: type , nonsense"})
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("warning[drift-allowance-unused]: 'nonsense' in " + name, done.stdout)
        done = project.drift("--strict", **{name: "users.email,nonsense"})
        self.assertEqual(done.returncode, 1)

        entry = '[drift]\nallow = [{ kind = "column", object = "users.email" }]\n'
        project = Project(self, models=models, toml=entry)
        done = project.drift("--strict", "--format", "json")
        self.assertEqual(done.returncode, 0, done.stdout)
        allowed = json.loads(done.stdout)["summary"]["allowed"]
        self.assertEqual(
            allowed, ["column users.email: type character varying(50), expected text"]
        )
        project = Project(self, models=models, toml=entry.replace("column", "index"))
        done = project.drift("--format", "json")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(
            sorted(each["rule"] for each in json.loads(done.stdout)["findings"]),
            ["drift", "drift-allowance-unused"],
        )

    def test_a_serial_key_goes_with_its_table(self):
        extra = 'sa.Table("extra", metadata, sa.Column("id", sa.Integer, primary_key=True))\n'
        entry = '[drift]\nallow = [{ kind = "table", object = "extra" }]\n'
        project = Project(self, models=MODELS + extra)
        done = project.drift("--format", "json")
        self.assertEqual(differences(done), ["table extra: missing"])
        (finding,) = json.loads(done.stdout)["findings"]
        self.assertIn("op.create_table(", finding["help"])
        self.assertNotIn("nextval", finding["help"])
        project = Project(self, models=MODELS + extra, toml=entry)
        self.assertEqual(project.drift("--strict").returncode, 0)
        more = REVISION + '    op.execute("CREATE TABLE gone (id serial PRIMARY KEY)")\n'
        done = Project(self, revision=more).drift("--format", "json")
        self.assertEqual(differences(done), ["table gone: not expected"])

    def test_ignored_and_filtered(self):
        more = REVISION + '    op.execute("CREATE TABLE legacy (id int)")\n'
        more += '    op.execute("CREATE TABLE legacy_two (id int)")\n'
        self.assertEqual(
            differences(Project(self, revision=more).drift("--format", "json")),
            ["table legacy: not expected", "table legacy_two: not expected"],
        )
        project = Project(self, revision=more, toml='[drift]\nignore-tables = ["legacy*"]\n')
        self.assertEqual(project.drift().returncode, 0)
        filtered = MODELS + (
            "options['include_object'] = lambda object_, name, type_, reflected, compare_to: (\n"
            "    not (type_ == 'table' and reflected and name.startswith('legacy')))\n"
        )
        done = Project(self, models=filtered, revision=more).drift("--format", "json")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(json.loads(done.stdout)["summary"]["excluded"], 2)

    def test_filter_of_constraints_without_a_name(self):
        models = MODELS.replace("String(50)", "String(50), unique=True")
        models += (
            "sa.Table('addresses', metadata, sa.Column('id', sa.Integer, primary_key=True),\n"
            "    sa.Column('owner', sa.ForeignKey('users.id')))\n"
            "asked = ('foreign_key_constraint', 'unique_constraint')\n"
            "options['include_object'] = lambda object_, name, type_, reflected, compare_to: (\n"
            "    type_ not in asked or name is not None)\n"
        )
        more = REVISION + (
            '    op.execute("CREATE TABLE addresses (id serial PRIMARY KEY, owner integer)")\n'
        )
        done = Project(self, models=models, revision=more).drift("--format", "json")
        self.assertEqual(differences(done), [])
        self.assertEqual(json.loads(done.stdout)["summary"]["excluded"], 2)

    def test_version_table_and_schemas(self):
        models = MODELS + "options['version_table'] = 'my_versions'\n"
        more = REVISION + '    op.execute("CREATE SCHEMA other CREATE TABLE hers (id int)")\n'
        more += '    op.execute("CREATE TABLE seed_versions (id int)")\n'
        project = Project(self, models=models, revision=more)
        done = project.drift()
        self.assertEqual(done.returncode, 0)
        self.assertIn("what is in schemas that are neither a model's nor public: other", done.stdout)
        self.assertEqual(
            json.loads(project.drift("--format", "json").stdout)["summary"]["foreign_schemas"],
            ["other"],
        )
        project = Project(
            self, models=models + "options['include_schemas'] = True\n", revision=more
        )
        self.assertEqual(
            differences(project.drift("--format", "json")), ["table other.hers: not expected"]
        )

    def test_what_models_need(self):
        statements = [
            "CREATE EXTENSION pg_trgm",
            "CREATE SCHEMA app",
            "CREATE FUNCTION app.next_code() RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$",
            "CREATE DOMAIN app.code AS text CHECK (VALUE <> '')",
            "CREATE TABLE app.things (code app.code DEFAULT app.next_code())",
            "CREATE INDEX ix_things ON app.things USING gin (code gin_trgm_ops)",
        ]
        statements += [
            "CREATE SEQUENCE numbers START 7",
            "CREATE COLLATION app.caseless (provider = icu, locale = 'und-u-ks-level2',"
            " deterministic = false)",
            "CREATE COLLATION plain FROM \"C\"",
            "CREATE TYPE app.pair AS (a integer, b varchar(3), c app.code)",
            "CREATE TYPE spans AS RANGE (subtype = float8, subtype_diff = float8mi)",
            "CREATE TEXT SEARCH DICTIONARY stems (TEMPLATE = snowball, LANGUAGE = english)",
            "CREATE TEXT SEARCH CONFIGURATION app.words (COPY = simple)",
            "ALTER TEXT SEARCH CONFIGURATION app.words ALTER MAPPING FOR word WITH stems, simple",
            "CREATE TABLE rare (n integer DEFAULT nextval('numbers'), name text COLLATE app.caseless,"
            " other text COLLATE plain, pair app.pair, span spans)",
            "CREATE INDEX ix_rare ON rare USING gin (to_tsvector('app.words', name))",
        ]
        revision = REVISION + "".join(f"    op.execute({each!r})\n" for each in statements)
        models = MODELS + (
            "class Raw(sa.types.UserDefinedType):\n"
            "    cache_ok = True\n"
            "    def __init__(self, name):\n"
            "        self.name = name\n"
            "    def get_col_spec(self, **kw):\n"
            "        return self.name\n"
            "rare = sa.Table('rare', metadata,\n"
            "    sa.Column('n', sa.Integer, server_default=sa.text(\"nextval('numbers')\")),\n"
            "    sa.Column('name', Raw('text COLLATE app.caseless')),\n"
            "    sa.Column('other', sa.Text(collation='plain')),\n"
            "    sa.Column('pair', Raw('app.pair')), sa.Column('span', Raw('spans')))\n"
            "sa.Index('ix_rare', sa.text(\"to_tsvector('app.words', name)\"),\n"
            "         postgresql_using='gin', _table=rare)\n"
            "class Code(sa.types.UserDefinedType):\n"
            "    cache_ok = True\n"
            "    def get_col_spec(self, **kw):\n"
            "        return 'app.code'\n"
            "things = sa.Table('things', metadata, sa.Column('code', Code(),\n"
            "                  server_default=sa.text('app.next_code()')), schema='app')\n"
            "sa.Index('ix_things', things.c.code, postgresql_using='gin',\n"
            "         postgresql_ops={'code': 'gin_trgm_ops'})\n"
        )
        done = Project(self, models=models, revision=revision).drift()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_not_configured(self):
        env = ENV.replace("target_metadata=models.metadata", "target_metadata=None")
        done = Project(self, env=env).drift()
        self.assertEqual(done.returncode, 0)
        self.assertIn("not configured", done.stdout)
        self.assertIn("target_metadata", done.stdout)

    def test_failures(self):
        project = Project(self, revision=REVISION + '    op.execute("SELECT nothing")\n')
        done = project.drift()
        self.assertEqual(done.returncode, 2)
        self.assertIn("migrations/versions/a1.py:15:1: revision 'a1': column", done.stderr)
        self.assertIn("statement: SELECT nothing", done.stderr)

        done = Project(self, models=MODELS + "1 / 0\n").drift("--format", "json")
        self.assertEqual(done.returncode, 2)
        error = json.loads(done.stdout)["errors"][0]
        self.assertEqual((error["path"], error["kind"]), ("models.py", "environment"))
        self.assertIn("ZeroDivisionError", error["message"])

        done = Project(self, toml='[database]\npython = "no-such-python"\n').drift()
        self.assertEqual(done.returncode, 2)
        self.assertIn("[database] python", done.stderr)

        slow = REVISION + '    op.execute("SELECT pg_sleep(60)")\n'
        done = Project(self, revision=slow).drift("--timeout", "4")
        self.assertEqual(done.returncode, 2)
        self.assertIn("revision 'a1': the project's Python", done.stderr)
        self.assertIn("has not answered for", done.stderr)

        done = Project(self).drift("--postgres-bin", "/nowhere")
        self.assertEqual(done.returncode, 2)

    def test_live_database(self):
        with live_server() as dsn:
            with psycopg.connect(dsn(), autocommit=True) as connection:
                connection.execute("CREATE DATABASE shop")
                connection.execute("CREATE ROLE reader LOGIN")
            with psycopg.connect(dsn("shop"), autocommit=True) as connection:
                connection.execute(
                    "CREATE TABLE users (id serial PRIMARY KEY, email varchar(50) NOT NULL)"
                )
                connection.execute("CREATE VIEW somebody AS SELECT id FROM users")
                connection.execute("CREATE INDEX ix_by_hand ON users (email)")
            shop = dsn("shop").replace("postgres@", "reader@")
            project = Project(self)
            done = project.drift("--database", shop, "--format", "json")
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertEqual(
                differences(done), ["index users.ix_by_hand: not expected", "view somebody: not expected"]
            )
            # Models have no views.
            done = project.drift("--database", shop, "--against", "models", "--format", "json")
            self.assertEqual(differences(done), ["index users.ix_by_hand: not expected"])
            # Scratch databases beside another one, which stays as it is.
            done = project.drift("--dsn", dsn("shop"))
            self.assertEqual(done.returncode, 0, done.stderr)
            toml = '[database]\nscratch = "environment"\n'
            done = Project(self, toml=toml).drift(GAUGER_PG_DSN=dsn("shop"))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(Project(self, toml=toml).drift().returncode, 2)

            # An env.py that goes to the live database is stopped.
            fixed = ENV.replace('os.environ["DATABASE_URL"]', repr(dsn("shop").replace("://", "+psycopg://")))
            for arguments in ([], ["--dsn", dsn("shop")]):
                done = Project(self, env=fixed).drift(*arguments)
                self.assertEqual(done.returncode, 2)
                self.assertIn("not to the scratch database", done.stderr)
            with psycopg.connect(dsn("shop")) as connection:
                tables = connection.execute(
                    "SELECT array_agg(relname::text ORDER BY relname) FROM pg_class"
                    " WHERE relkind IN ('r', 'v') AND relnamespace = 'public'::regnamespace"
                ).fetchone()[0]
                self.assertEqual(tables, ["somebody", "users"])
                databases = connection.execute("SELECT datname FROM pg_database").fetchall()
                self.assertFalse([name for (name,) in databases if name.startswith("gauger")])
            done = project.drift("--database", dsn("nowhere"))
            self.assertEqual(done.returncode, 2)

    def test_what_the_server_reads_otherwise_than_it_writes(self):
        """A restored dump, and drift's own proposal, have expressions in another form than the models."""
        # Only the machine's own server has pg_dump beside it.
        given = os.environ.pop("GAUGER_POSTGRES_BIN", None)
        if given:
            self.addCleanup(os.environ.__setitem__, "GAUGER_POSTGRES_BIN", given)
        within = "st IN ('new', 'it''s') AND n BETWEEN 1 AND 2 AND n NOT IN (3, m)"
        models = MODELS + (
            f"within = {within!r}\n"
            "sa.Table('o', metadata,\n"
            "    sa.Column('st', sa.String(10)), sa.Column('n', sa.Integer), sa.Column('m', sa.Integer),\n"
            "    sa.Column('g', sa.Boolean, sa.Computed(within, persisted=True)),\n"
            "    sa.CheckConstraint(within, name='st_ok'),\n"
            "    sa.Index('ix_o', 'n', postgresql_where=sa.text(within)))\n"
        )
        plain = Project(self, models=models)
        lines = proposed(plain.drift("--format", "json"))
        self.assertEqual(plain.drift_after(lines), [])

        statements = [
            "CREATE TABLE o (st varchar(10), n int, m int,"
            f" g boolean GENERATED ALWAYS AS ({within}) STORED, CONSTRAINT st_ok CHECK ({within}))",
            f"CREATE INDEX ix_o ON o (n) WHERE {within}",
            "CREATE DOMAIN d AS varchar(9) CONSTRAINT d_check CHECK (VALUE IN ('a', 'b'))",
            f"CREATE VIEW v AS SELECT n FROM o WHERE {within}",
            f"CREATE POLICY p ON o USING ({within})",
            "CREATE TRIGGER t BEFORE UPDATE ON o FOR EACH ROW"
            " WHEN (new.st IN ('a', 'b')) EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        ]
        revision = REVISION + "".join(f"    op.execute({each!r})\n" for each in statements)
        with live_server() as dsn:
            project = Project(self, models=models, revision=revision)
            for name in ("made", "restored"):
                with psycopg.connect(dsn(), autocommit=True) as connection:
                    connection.execute(f"CREATE DATABASE {name}")
            with psycopg.connect(dsn("made"), autocommit=True) as connection:
                connection.execute(
                    "CREATE TABLE users (id serial PRIMARY KEY, email varchar(50) NOT NULL)"
                )
                for statement in statements:
                    connection.execute(statement)
            packaged = map(str, pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
            command = f"pg_dump '{dsn('made')}' | psql -qv ON_ERROR_STOP=1 '{dsn('restored')}'"
            subprocess.run(
                ["bash", "-c", "set -o pipefail; " + command],
                env={**os.environ, "PATH": ":".join([*packaged, os.environ["PATH"]])},
                stdout=subprocess.DEVNULL,
                check=True,
            )
            for arguments in ([], ["--against", "models"]):
                done = project.drift("--database", dsn("restored"), "--format", "json", *arguments)
                self.assertEqual(differences(done), [], done.stderr)


if __name__ == "__main__":
    unittest.main()
