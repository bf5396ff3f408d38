#!/usr/bin/env python3
"""Drift against the truth: single mutations of a schema, on either side.

Each is reported, and nothing else is, by the right name; and is gone after the operations that drift proposes have been
put into a migration. All mutations are made in one project, each in a schema of its own.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import alembic_check
import mutations
from drift_test import SECOND

HERE = pathlib.Path(__file__).resolve().parent
TOOL = pathlib.Path(os.environ.get("GAUGER_BIN", HERE.parents[2] / "build" / "bin")) / "drift"

ENV = """
import os
from alembic import context
from sqlalchemy import create_engine
import mutations

with create_engine(os.environ["GAUGER_PG_DSN"]).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=mutations.make_metadata(os.environ["MUTATED"] == "models"),
        include_schemas=True,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()
"""

FIRST = """
import os
from alembic import op
import mutations

revision = "a1"
down_revision = None


def upgrade():
    for schema in mutations.schemas():
        op.execute(f"CREATE SCHEMA {schema}")
    mutations.make_metadata(os.environ["MUTATED"] == "migrations").create_all(op.get_bind())
"""

# A sequence that comes anew is told twice: made before the column that uses it, owned after it.
OWNED = {("migrations", "serial_removed"): [("sequence", "parent_id_seq", "changed", "owner")]}


def make_project(folder: pathlib.Path) -> None:
    (folder / ".git").mkdir()
    (folder / "alembic.ini").write_text(
        "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n"
    )
    (folder / "migrations" / "versions").mkdir(parents=True)
    (folder / "migrations" / "env.py").write_text(ENV)
    (folder / "migrations" / "versions" / "a1.py").write_text(FIRST)
    shutil.copy(HERE / "mutations.py", folder)


def drift(folder: pathlib.Path, mutated: str) -> list[dict]:
    environment = {"PATH": os.environ["PATH"], "VIRTUAL_ENV": sys.prefix, "MUTATED": mutated}
    done = subprocess.run(
        [TOOL, "--format", "json"], cwd=folder, env=environment, capture_output=True, text=True
    )
    if done.returncode not in (0, 1):
        sys.exit(f"drift ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout)["summary"]["differences"]


def turned(expected: tuple) -> tuple:
    object_kind, name, kind, prop = expected
    kinds = {"missing": "unexpected", "unexpected": "missing"}
    return object_kind, name, kinds.get(kind, kind), prop


def check_reported(differences: list[dict], mutated: str) -> list[str]:
    """What is wrong with the differences of a project where one side is mutated."""
    problems = []
    for schema, mutation in mutations.schemas().items():
        expected = mutations.MUTATIONS.get(mutation, [])
        found = [each for each in differences if each["object"].split(".")[0] == schema]
        seen = sorted(
            (
                each["object_kind"],
                # Of a rename the name on the left, which is the mutated one in one of the directions.
                each["object"].split(".", 1)[1] if each["kind"] != "renamed" else "",
                each["kind"],
                each["property"] or "",
            )
            for each in found
        )
        wanted = sorted(
            (kind, name if what != "renamed" else "", what, prop or "")
            for kind, name, what, prop in (
                (expected if mutated == "models" else [turned(each) for each in expected])
                + OWNED.get((mutated, mutation), [])
            )
        )
        if seen != wanted:
            lines = [each["difference"] for each in found]
            problems.append(f"{mutated} {mutation}: wanted {wanted}, found {seen} {lines}")
        for each in found:
            names = {name.split(".")[-1] for _, name, what, _ in expected if what == "renamed"}
            if each["kind"] == "renamed" and not names & {
                each["left"].split(".")[-1],
                each["right"].split(".")[-1],
            }:
                problems.append(f"{mutated} {mutation}: renamed {each['left']} {each['right']}")
    strange = [
        each["difference"]
        for each in differences
        if each["object"].split(".")[0] not in mutations.schemas()
    ]
    return problems + [f"{mutated}: {line}" for line in strange]


def lines_of(differences: list[dict]) -> dict[str, str]:
    """What is said of each mutation."""
    lines: dict[str, list[str]] = {}
    for each in differences:
        lines.setdefault(each["object"].split(".")[0], []).append(each["difference"])
    return {schema.removeprefix("m_"): "; ".join(said) for schema, said in lines.items()}


def main() -> None:
    # The mutations need PostgreSQL 15, and the README's table is of one server.
    os.environ.pop("GAUGER_POSTGRES_BIN", None)
    problems = []
    said_of_models = {}
    for mutated in ("models", "migrations"):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            make_project(folder)
            differences = drift(folder, mutated)
            if mutated == "models":
                said_of_models = lines_of(differences)
            problems += check_reported(differences, mutated)
            lines = [line for each in differences for line in each["operations"]]
            body = "\n".join(lines).replace("\n", "\n    ")
            second = folder / "migrations" / "versions" / "b2.py"
            second.write_text(f"{SECOND}    {body}\n")
            left = drift(folder, mutated)
            problems += [f"{mutated}: not gone: {each['difference']}" for each in left]
    if not problems:
        table = alembic_check.table(make_project, said_of_models)
        problems += alembic_check.compare_with_readme(table, "--update" in sys.argv)
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(f"{len(problems)} problems")
    print(f"{len(mutations.MUTATIONS)} mutations on either side: each reported, and gone")


if __name__ == "__main__":
    main()
