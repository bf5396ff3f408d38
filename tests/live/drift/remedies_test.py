#!/usr/bin/env python3
"""What drift proposes holds on tables with rows in them, where one change is in the way of another.

Each case has the SQL that makes its tables, the models, and what has to work once the operations that drift proposes
have been put into a migration, after which nothing differs. All of them are in one project.
"""

import sys
import unittest

import psycopg
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from drift_test import Project, differences, live_server, proposed
from sqlalchemy.dialects import postgresql

MODELS = """
import sqlalchemy as sa
from sqlalchemy import Boolean, CheckConstraint, Column, Computed, ForeignKeyConstraint, Identity
from sqlalchemy import Index, Integer, Text, text
from sqlalchemy.dialects import postgresql as pg

options = {}
metadata = sa.MetaData(naming_convention={"ck": "ck_%(table_name)s_%(constraint_name)s"})


def table(name, *parts, **options):
    sa.Table(name, metadata, Column("id", Integer, primary_key=True), *parts, **options)


def enum(name, *labels):
    return pg.ENUM(*labels, name=name, metadata=metadata)
"""

REVISION = """
from alembic import op

revision = "a1"
down_revision = None


def upgrade():
"""


class Case:
    def __init__(self, before: list[str], models: str, after: list[str], since: int = 0):
        self.before, self.models, self.after, self.since = before, models, after, since


ROWS = "SELECT FROM generate_series(1, 50)"

CASES = {
    "the options of an identity": Case(
        [
            "CREATE TABLE counted (id int GENERATED ALWAYS AS IDENTITY (START 10 INCREMENT 2 CACHE 5) PRIMARY KEY)",
            f"INSERT INTO counted {ROWS}",
        ],
        "sa.Table('counted', metadata, Column('id', Integer, Identity(start=10), primary_key=True))",
        [f"INSERT INTO counted {ROWS}"],
    ),
    "serial becomes an identity": Case(
        ["CREATE TABLE was_serial (id serial PRIMARY KEY)", f"INSERT INTO was_serial {ROWS}"],
        "sa.Table('was_serial', metadata, Column('id', Integer, Identity(start=20, cycle=True), primary_key=True))",
        [
            f"INSERT INTO was_serial {ROWS}",
            "ALTER TABLE was_serial_id_seq RENAME TO it_has_the_usual_name",
            "ALTER TABLE it_has_the_usual_name RENAME TO was_serial_id_seq",
        ],
    ),
    "an identity becomes serial": Case(
        [
            "CREATE TABLE is_serial (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY)",
            f"INSERT INTO is_serial {ROWS}",
        ],
        "table('is_serial')",
        [f"INSERT INTO is_serial {ROWS}"],
    ),
    "new identities": Case(
        ["CREATE TABLE numbered (id serial PRIMARY KEY)", f"INSERT INTO numbered {ROWS}"],
        "table('numbered', Column('n', Integer, Identity(start=7, minvalue=3, maxvalue=999, increment=2)))\n"
        "table('down', Column('n', sa.BigInteger, Identity(always=True, increment=-1, cache=3)))",
        [f"INSERT INTO numbered {ROWS}", f"INSERT INTO down {ROWS}"],
    ),
    "the models' naming convention": Case(
        [
            "CREATE TABLE named (id serial PRIMARY KEY, n int, CONSTRAINT ck_named_old CHECK (n < 9))"
        ],
        "table('named', Column('n', Integer), CheckConstraint('n > 0', name='positive'))\n"
        "table('named_2', Column('n', Integer), CheckConstraint('n > 0', name='positive'))",
        [],
    ),
    "labels removed and moved": Case(
        [
            "CREATE TYPE less AS ENUM ('a', 'b', 'c')",
            "CREATE TYPE moved AS ENUM ('b', 'a')",
            "CREATE TABLE less_t (id serial PRIMARY KEY, s less DEFAULT 'c', d less DEFAULT 'a', many less[] DEFAULT '{a,c}',"
            " kept text GENERATED ALWAYS AS (CASE WHEN s = 'a' THEN 'x' ELSE 'y' END) STORED,"
            " CONSTRAINT ck_less_t_same CHECK (s <> 'b'), CONSTRAINT ck_less_t_other CHECK (s <> 'c'),"
            " CONSTRAINT ck_less_t_gone CHECK (s <> 'c'), CONSTRAINT ck_less_t_was CHECK (d <> 'b'))",
            "CREATE INDEX ix_same ON less_t (s) WHERE s = 'a'",
            "CREATE INDEX ix_other ON less_t (id) WHERE s = 'c'",
            "CREATE INDEX ix_gone ON less_t (id) WHERE s <> 'c'",
            "CREATE INDEX ix_was ON less_t (id) WHERE s > 'a'",
            "CREATE UNIQUE INDEX ix_kept ON less_t (kept, id) WHERE kept <> 'z'",
            "CREATE TABLE moved_t (id serial PRIMARY KEY, s moved UNIQUE, CONSTRAINT fk UNIQUE (id, s))",
            "CREATE TABLE moved_u (id serial PRIMARY KEY, s moved REFERENCES moved_t (s), t moved,"
            " CONSTRAINT fk_gone FOREIGN KEY (t) REFERENCES moved_t (s))",
            "CREATE POLICY p ON moved_u USING (s = 'a')",
            "CREATE TRIGGER t BEFORE UPDATE OF s ON moved_u FOR EACH ROW"
            " WHEN (new.s = 'a') EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            "CREATE VIEW v AS SELECT id, s AS seen FROM moved_u",
            "CREATE MATERIALIZED VIEW v_of_v AS SELECT seen, count(*) FROM v GROUP BY seen",
            "CREATE INDEX ix_of_view ON v_of_v (seen)",
            "INSERT INTO less_t (s, many) VALUES ('a', '{a,b}')",
            "INSERT INTO moved_t (s) VALUES ('a')",
            "INSERT INTO moved_u (s) VALUES ('a')",
        ],
        "less, moved = enum('less', 'a', 'b'), enum('moved', 'a', 'b')\n"
        "table('less_t', Column('s', less, server_default='a'), Column('d', less, server_default='a'),\n"
        "    Column('many', pg.ARRAY(less)),\n"
        "    Column('kept', Text, Computed(\"CASE WHEN s = 'a' THEN 'x' ELSE 'y' END\", persisted=True)),\n"
        "    CheckConstraint(\"s <> 'b'\", name='same'), CheckConstraint(\"s IS NOT NULL\", name='other'),\n"
        "    CheckConstraint(\"d <> 'b'\", name='renamed'),\n"
        "    Index('ix_same', 's', postgresql_where=text(\"s = 'a'\")),\n"
        "    Index('ix_other', 'id', postgresql_where=text(\"s = 'b'\")),\n"
        "    Index('ix_renamed', 'id', postgresql_where=text(\"s > 'a'\")),\n"
        "    Index('ix_kept', 'kept', 'id', unique=True, postgresql_where=text(\"kept <> 'z'\")))\n"
        "table('moved_t', Column('s', moved, unique=True), sa.UniqueConstraint('id', 's', name='fk'))\n"
        "table('moved_u', Column('s', moved), Column('t', moved),\n"
        "    ForeignKeyConstraint(['s'], ['moved_t.s'], name='moved_u_s_fkey'))",
        ["INSERT INTO less_t DEFAULT VALUES", "SELECT seen FROM v_of_v", "DROP POLICY p ON moved_u", "DROP INDEX ix_of_view"],
    ),
    "labels by other names": Case(
        [
            "CREATE TYPE said AS ENUM ('no', 'ja', 'x')",
            "CREATE TABLE said_t (id serial PRIMARY KEY, s said DEFAULT 'ja', CONSTRAINT ck_said_t_c CHECK (s <> 'no'))",
            "INSERT INTO said_t DEFAULT VALUES",
        ],
        "table('said_t', Column('s', enum('said', 'nein', 'yes', 'x'), server_default='yes'),\n"
        "    CheckConstraint(\"s <> 'nein'\", name='c'))",
        ["INSERT INTO said_t VALUES (5, 'yes')"],
    ),
    "defaults that have no cast": Case(
        [
            "CREATE TYPE mood_was AS ENUM ('sad', 'ok')",
            "CREATE TYPE color AS ENUM ('red', 'green')",
            "CREATE TABLE casts (id serial PRIMARY KEY, a text DEFAULT 'ok', b text DEFAULT '{}', c text DEFAULT 'x',"
            " d text DEFAULT 'x', e text DEFAULT 'now', f text DEFAULT '', g int DEFAULT 1, h boolean DEFAULT false,"
            " i mood_was[] DEFAULT '{ok}', j color[] DEFAULT '{red}', k text DEFAULT now(), l int DEFAULT 5,"
            " CONSTRAINT ck_casts_a CHECK (a <> ''))",
            "INSERT INTO casts (c, d, e, k, f)"
            " VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '2020-01-01', 'now', 'now', '{}')",
        ],
        "mood = enum('mood', 'sad', 'ok', 'fine')\n"
        "table('casts', Column('a', mood, server_default='ok'), Column('b', pg.JSONB, server_default='{}'),\n"
        "    Column('c', pg.UUID, server_default=text('uuid_in(md5(now()::text)::cstring)')), Column('d', sa.Date),\n"
        "    Column('e', sa.DateTime(timezone=True), server_default=sa.func.now()),\n"
        "    Column('f', pg.ARRAY(Text), server_default='{}'), Column('g', Boolean, server_default=sa.true()),\n"
        "    Column('h', Integer, server_default='0'), Column('i', pg.ARRAY(mood), server_default='{ok}'),\n"
        "    Column('j', pg.ARRAY(enum('color_2', 'red', 'blue'))),\n"
        "    Column('k', sa.DateTime(timezone=True), server_default=sa.func.now()),\n"
        "    Column('l', sa.BigInteger, server_default='5'), CheckConstraint(\"a <> 'sad'\", name='a'))",
        ["INSERT INTO casts (id) VALUES (77)"],
    ),
    "generated columns": Case(
        [
            "CREATE TABLE made (id serial PRIMARY KEY, a varchar(10), n int,"
            " g text GENERATED ALWAYS AS (a || 'x') STORED, same int GENERATED ALWAYS AS (n * 2) STORED,"
            " gone int GENERATED ALWAYS AS (n + 2) STORED,"
            " longer int GENERATED ALWAYS AS (n + 3) STORED,"
            " CONSTRAINT same UNIQUE (same), CONSTRAINT ck_made_g CHECK (g <> 'y'))",
            "CREATE INDEX ix_longer ON made (longer)",
            "INSERT INTO made (a, n) VALUES ('a', 5)",
        ],
        "table('made', Column('a', Text), Column('n', sa.BigInteger),\n"
        "    Column('g', Text, Computed(\"a || 'x'\", persisted=True)),\n"
        "    Column('same', Integer, Computed('n * 2', persisted=True)),\n"
        "    Column('longer', sa.BigInteger, Computed('n + 4', persisted=True)),\n"
        "    sa.UniqueConstraint('same', name='same'), CheckConstraint(\"g <> 'y'\", name='g'),\n"
        "    Index('ix_longer', 'longer'))",
        ["DO $$ BEGIN ASSERT (SELECT same = 10 AND longer = 9 FROM made); END $$"],
    ),
    "a column that is generated no more": Case(
        [
            "CREATE TABLE filled (id serial PRIMARY KEY, n int, plain int GENERATED ALWAYS AS (n + 1) STORED)",
            "INSERT INTO filled (n) VALUES (5)",
        ],
        "table('filled', Column('n', sa.BigInteger), Column('plain', Integer, server_default='1'))",
        ["DO $$ BEGIN ASSERT (SELECT plain = 6 FROM filled); END $$"],
        since=13,
    ),
}  # fmt: skip


# A database, and migrations that it is to be like.
LIVE = [
    "CREATE TYPE state AS ENUM ('new', 'old', 'sent')",
    "CREATE TABLE orders (id int PRIMARY KEY, s state, n int, m int)",
    "CREATE VIEW below AS SELECT id, s FROM orders WHERE s <> 'old'",
    "CREATE VIEW above AS SELECT id FROM below WHERE s = 'new'",
    "CREATE VIEW gone AS SELECT s FROM below WHERE s = 'old'",
    "CREATE MATERIALIZED VIEW kept AS SELECT s FROM orders",
    "CREATE INDEX ix_kept ON kept (s)",
    "CREATE VIEW numbers AS SELECT n FROM orders",
    "CREATE POLICY changed ON orders USING (s <> 'old')",
    "CREATE POLICY gone ON orders USING (s = 'old')",
    "CREATE TABLE events (id int, at date) PARTITION BY RANGE (at)",
    "CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01')",
    "CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
    "CREATE TABLE logs_was (id int) PARTITION BY LIST (id)",
    "CREATE TABLE logs_one_was PARTITION OF logs_was FOR VALUES IN (1)",
    "INSERT INTO orders VALUES (1, 'new', 1, 1)",
]
MIGRATED = [
    "CREATE TYPE state AS ENUM ('sent', 'new')",
    "CREATE TABLE orders (id int PRIMARY KEY, s state, n bigint, m int)",
    "CREATE VIEW below AS SELECT id, s FROM orders WHERE s <> 'sent'",
    "CREATE VIEW above AS SELECT id FROM below WHERE s = 'new'",
    "CREATE MATERIALIZED VIEW kept AS SELECT s FROM orders",
    "CREATE INDEX ix_kept ON kept (s)",
    "CREATE VIEW numbers AS SELECT n FROM orders",
    "CREATE POLICY changed ON orders USING (s = 'new')",
    "CREATE TABLE events (id int, at date) PARTITION BY RANGE (at)",
    "CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01')",
    "CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
    "CREATE TABLE logs (id int) PARTITION BY LIST (id)",
    "CREATE TABLE logs_one PARTITION OF logs FOR VALUES IN (1)",
]


def server_version() -> int:
    with live_server() as dsn, psycopg.connect(dsn()) as connection:
        return connection.info.server_version // 10000


def run_operations(dsn: str, lines: list[str]) -> None:
    engine = sa.create_engine(dsn)
    with engine.begin() as connection:
        names = {
            "op": Operations(MigrationContext.configure(connection)),
            "sa": sa,
            "postgresql": postgresql,
        }
        for line in lines:
            exec(line, names)
    engine.dispose()


class RemediesTest(unittest.TestCase):
    maxDiff = None

    def test_between_databases(self):
        revision = REVISION + "".join(f"    op.execute({each!r})\n" for each in MIGRATED)
        project = Project(self, revision=revision)
        with live_server() as dsn:
            with psycopg.connect(dsn(), autocommit=True) as connection:
                connection.execute("CREATE DATABASE shop")
            with psycopg.connect(dsn("shop"), autocommit=True) as connection:
                for statement in LIVE:
                    connection.execute(statement)
            arguments = ["--database", dsn("shop"), "--format", "json"]
            done = project.drift(*arguments)
            self.assertEqual(
                [line for line in differences(done) if "events" in line or "logs" in line],
                [
                    "table logs_was: expected as logs",
                    "table logs_one_was: expected as logs_one",
                    "table events_2025: missing",
                    "table events_2025: partition of none, expected events",
                    "table events_2024: not expected",
                ],
                done.stderr,
            )
            run_operations(dsn("shop", driver="+psycopg"), proposed(done))
            self.assertEqual(differences(project.drift(*arguments)), [])

    def test_all(self):
        version = server_version()
        chosen = [
            case
            for name, case in CASES.items()
            if case.since <= version and (not ONLY or name in ONLY)
        ]
        before = [statement for case in chosen for statement in case.before]
        project = Project(
            self,
            models=MODELS + "\n\n" + "\n".join(case.models for case in chosen) + "\n",
            revision=REVISION + "".join(f"    op.execute({each!r})\n" for each in before),
        )
        done = project.drift("--format", "json")
        self.assertEqual(done.returncode, 1, done.stderr)
        lines = proposed(done)
        after = [f"op.execute({each!r})" for case in chosen for each in case.after]
        if ONLY:
            print("\n".join(lines))
        self.assertEqual(project.drift_after(lines + after), [])


ONLY: list[str] = []

if __name__ == "__main__":
    ONLY = [argument for argument in sys.argv[1:] if argument in CASES]
    unittest.main(argv=[each for each in sys.argv if each not in ONLY])
