#!/usr/bin/env python3
"""What `migration-lint --fix` makes of the bad cases of each rule that mends.

Afterwards the rule finds nothing more that it could mend, what it cannot mend stands as it was, Alembic runs the files on a
private PostgreSQL, and the schema is the one that the unmended files make, but for what is valid. What a default is
evaluated to is what one of the rules is about, so that defaults are not compared for it.
"""

import concurrent.futures
import contextlib
import json
import os
import pathlib
import subprocess
import sys

import psycopg2
from proofs import ROOT, RULES, Case, call, server

# Of each row, all that a migration could have made otherwise.
SCHEMA = """
SELECT 'column', c.oid::regclass::text, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text,
       CASE WHEN %(defaults)s THEN pg_get_expr(d.adbin, d.adrelid) END
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (c.oid, a.attnum)
 WHERE c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped AND c.relnamespace >= 2200
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname, replace(pg_get_constraintdef(oid), ' NOT VALID', ''), '', NULL
  FROM pg_constraint WHERE connamespace >= 2200
UNION ALL
SELECT 'index', indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid::text, NULL
  FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE c.relnamespace >= 2200
ORDER BY 1, 2, 3, 4
"""


class Unmendable(Exception):
    pass


def schema(folder: pathlib.Path, dsn: str, name: str, defaults: bool) -> list[tuple]:
    """What Alembic makes of an empty database."""
    with contextlib.closing(psycopg2.connect(dsn)) as connection:
        connection.autocommit = True
        connection.cursor().execute(f"CREATE DATABASE {name}")
    own = dsn.replace("/postgres?", f"/{name}?")
    environment = {**os.environ, "DATABASE_URL": own.replace("postgresql:", "postgresql+psycopg2:"), "PYTHONPATH": "."}
    command = [sys.executable, "-B", "-m", "alembic", "upgrade", "heads"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Unmendable(f"Alembic fails: {done.stderr.splitlines()[-1]}")
    with contextlib.closing(psycopg2.connect(own)) as connection:
        cursor = connection.cursor()
        cursor.execute(SCHEMA, {"defaults": defaults})
        return cursor.fetchall()


def found(folder: pathlib.Path, rule: str, *arguments: str) -> list[dict]:
    done = call("migration-lint", "--no-cache", *arguments, folder=folder)
    if done.returncode == 2:
        raise Unmendable(done.stdout + done.stderr)
    return [each for each in json.loads(done.stdout)["findings"] if each["rule"] == rule]


def check(case: Case, dsn: str) -> tuple[str, int, list[str]]:
    """How many findings were mended, and what is wrong."""
    mendable = []
    try:
        with case.project(runs=True) as plain, case.project(runs=True) as mended:
            case.select(mended)
            before = found(mended, case.rule)
            mendable = [each for each in before if each["fixable"]]
            left = found(mended, case.rule, "--fix", "--fix-applied")
            problems = []
            if len(left) != len(before) - len(mendable):
                lines = [each["line"] for each in left]
                problems.append(f"{len(before)} findings, {len(mendable)} to mend, but left are those in {lines}")
            if case.is_about(server_version[0]) and "unrunnable" not in case.proof:
                name = case.name.replace("/", "_")[:50]
                defaults = case.rule != "default-text-is-literal"
                made = schema(mended, dsn, f"mended_{name}", defaults)
                try:
                    wanted = schema(plain, dsn, f"plain_{name}", defaults)
                except Unmendable:  # what is no constant of its type is refused unmended
                    if defaults:
                        raise
                    wanted = made
                problems += [f"only unmended: {row}" for row in wanted if row not in made]
                problems += [f"only mended: {row}" for row in made if row not in wanted]
            return case.name, len(mendable), problems
    except Unmendable as error:
        return case.name, len(mendable), [str(error)]


server_version = [0]


def main() -> int:
    rules = json.loads(call("migration-lint", "--list-rules", folder=ROOT).stdout)
    mending = {rule["rule"] for rule in rules if rule["fixable"]}
    cases = [case for case in map(Case, sorted(RULES.glob("*/cases/bad_*"))) if case.rule in mending]
    mended, failed = {rule: 0 for rule in mending}, 0
    with server() as (dsn, major), concurrent.futures.ThreadPoolExecutor(2 * (os.cpu_count() or 1)) as pool:
        server_version[0] = major
        for name, count, problems in pool.map(lambda case: check(case, dsn), cases):
            mended[Case(RULES / name.replace("/", "/cases/")).rule] += count
            failed += bool(problems)
            for problem in problems:
                print(f"FAILED {name}: {problem}")
    for rule, count in sorted(mended.items()):
        if count == 0:
            failed += 1
            print(f"FAILED {rule}: nothing of its cases was mended")
    print(f"fixes: {len(mending)} rules, {len(cases)} cases, {sum(mended.values())} findings mended; {failed} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.exit(main())
