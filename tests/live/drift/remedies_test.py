#!/usr/bin/env python3
"""What drift proposes holds on tables with rows in them, where one change is in the way of another.

Each case has the SQL that makes its tables, the models, and what has to work once the operations that drift proposes
have been put into a migration, after which nothing differs. All of them are in one project.
"""

import sys
import unittest

from drift_test import Project, proposed

MODELS = """
import sqlalchemy as sa
from sqlalchemy import Boolean, CheckConstraint, Column, Computed, ForeignKeyConstraint, Identity
from sqlalchemy import Index, Integer, Text, text
from sqlalchemy.dialects import postgresql as pg

options = {}
metadata = sa.MetaData()


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
    def __init__(self, before: list[str], models: str, after: list[str]):
        self.before, self.models, self.after = before, models, after


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
}  # fmt: skip


class RemediesTest(unittest.TestCase):
    maxDiff = None

    def test_all(self):
        chosen = [case for name, case in CASES.items() if not ONLY or name in ONLY]
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
