#!/usr/bin/env python3
"""The live tools with every Alembic since 1.8, on one line of SQLAlchemy, with each of its drivers.

    versions_test.py FOLDER SQLALCHEMY

FOLDER is .deps/versions, where each release lies by itself: a pair of Alembic and SQLAlchemy is a virtual environment
that names both folders, and the drivers of the tests' own. A plain `alembic upgrade head` comes first with each pair.
"""

import concurrent.futures
import importlib.metadata
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv

import psycopg

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from live_program import live_server  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
BIN = pathlib.Path(os.environ.get("GAUGER_BIN", HERE.parents[2] / "build" / "bin"))
DRIVERS = {"1": ["psycopg2", "asyncpg"], "2": ["psycopg2", "psycopg", "asyncpg"]}


def numbers(version):
    return tuple(int(each) for each in re.findall(r"\d+", version))


def releases(folder, package):
    """By version, the folders that have one."""
    found = {path.name.partition("-")[2]: path for path in folder.glob(package + "-*")}
    return dict(sorted(found.items(), key=lambda item: numbers(item[0])))


def suits(alembic, sqlalchemy):
    """Whether this Alembic says that it runs with this SQLAlchemy."""
    (metadata,) = importlib.metadata.distributions(name="alembic", path=[str(alembic)])
    wanted = [each for each in metadata.requires if each.lower().startswith("sqlalchemy")]
    (least,) = re.findall(r"^sqlalchemy\s*\(?>=([\d.]+)\)?$", " ".join(wanted), re.IGNORECASE)
    return numbers(sqlalchemy) >= numbers(least)


class Pair:
    """A project in an environment of its own, and the tools run on it."""

    def __init__(self, folder, dsn, number, paths, driver):
        self.driver = driver
        self.server = dsn
        self.database = f"versions{number}"
        self.project = folder / "project"
        shutil.copytree(HERE / "project", self.project)
        (self.project / ".git").mkdir()
        self.environment = folder / "environment"
        venv.create(self.environment, symlinks=True)
        (packages,) = self.environment.glob("lib/python3*/site-packages")
        lines = [*map(str, paths), sysconfig.get_path("purelib")]
        (packages / "pair.pth").write_text("\n".join(lines) + "\n")

    def dsn(self, database="postgres"):
        return self.server(database, driver=f"+{self.driver}")

    def run(self, *command, status=0, **variables):
        done = subprocess.run(
            command,
            cwd=self.project,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONDONTWRITEBYTECODE": "1",
                "VIRTUAL_ENV": str(self.environment),
                "DATABASE_URL": self.dsn("nowhere"),
                **variables,
            },
            capture_output=True,
            text=True,
        )
        if done.returncode != status:
            raise AssertionError(
                f"{command[0]}: exit status {done.returncode}\n{done.stdout}{done.stderr}"
            )
        return done.stdout

    def tool(self, name, *arguments, status=0, **variables):
        command = [str(BIN / name), *arguments, "--format", "json"]
        return json.loads(self.run(*command, status=status, **variables))

    def check(self, alembic):
        self.check_smoke(alembic)
        self.check_drift()
        self.check_seeds()

    def check_smoke(self, alembic):
        beside = ["--dsn", self.dsn()]
        summary = self.tool("smoke", "--mode", "fresh", *beside)["summary"]
        equal(summary["driver"], self.driver)
        equal(summary["alembic_version"], alembic)
        (run,) = summary["runs"]
        equal(run["not_seen"], [])
        seen = [
            (each["revision"], statement["line"], lock["table"], lock["lock"])
            for each in run["migrations"]
            for statement in each["statements"]
            for lock in statement["locks"]
            if lock["lock"] != "ACCESS SHARE"
        ]
        equal(
            sorted(seen, key=lambda each: each[:3]),
            [
                ("b2", 12, "roles", "ACCESS EXCLUSIVE"),
                ("b2", 13, "users", "ACCESS EXCLUSIVE"),
                ("c3", 11, "users", "SHARE UPDATE EXCLUSIVE"),
            ],
        )
        work = [
            (each["revision"], work["kind"], work["object"])
            for each in run["migrations"]
            for statement in each["statements"]
            for work in statement["work"]
        ]
        equal(
            work,
            [
                ("b2", "foreign_key_scan", "users_role_fkey"),
                ("b2", "scan", None),
                ("c3", "index_build", "ix_users_role"),
            ],
        )
        report = self.tool("smoke", "--mode", "stairway", *beside, status=1)
        equal(
            [(each["rule"], each["revision"]) for each in report["findings"]],
            [("downgrade-leaves-difference", "b2")],
        )

    def check_drift(self):
        beside = ["--dsn", self.dsn()]
        summary = self.tool("drift", *beside)["summary"]
        equal((summary["differences"], summary["tables"]), ([], 2))
        summary = self.tool("drift", *beside, status=1, MUTATED="1")["summary"]
        equal(
            [each["difference"] for each in summary["differences"]],
            ["index users.ix_users_role: not expected"],
        )

    def check_seeds(self):
        with psycopg.connect(self.dsn().replace("+" + self.driver, ""), autocommit=True) as link:
            link.execute(f"CREATE DATABASE {self.database}")
        own = self.dsn(self.database)
        python = str(self.environment / "bin" / "python")
        self.run(python, "-B", "-m", "alembic", "upgrade", "head", DATABASE_URL=own)
        for expected in (["a1", "b2"], []):
            equal(self.tool("run-seeds", "--dsn", own)["summary"]["run"], expected)
        with psycopg.connect(own.replace("+" + self.driver, ""), autocommit=True) as link:
            link.execute("UPDATE roles SET rank = 3 WHERE name = 'reader'")
        report = self.tool("seed-data-check", "--dsn", self.dsn())  # on a scratch database
        equal((report["findings"], report["summary"]["run"]), ([], ["a1", "b2"]))
        report = self.tool("seed-data-check", "--database", own, status=1)
        equal(
            [each["message"] for each in report["findings"]],
            ["roles with name = 'reader': rank is '3', expected 2"],
        )


def equal(found, expected):
    if found != expected:
        raise AssertionError(f"found {found}\nexpected {expected}")


def check(number, dsn, alembic, sqlalchemy, driver):
    name = f"Alembic {alembic.name}, SQLAlchemy {sqlalchemy.name}, {driver}"
    with tempfile.TemporaryDirectory() as folder:
        try:
            pair = Pair(pathlib.Path(folder), dsn, number, [alembic, sqlalchemy], driver)
            pair.check(alembic.name.partition("-")[2])
        except Exception as error:  # noqa: BLE001  (the other pairs are tried all the same)
            return f"{name}: {error}"
    return None


def main():
    folder, line = pathlib.Path(sys.argv[1]), sys.argv[2]
    wanted = [path for name, path in releases(folder, "sqlalchemy").items() if name.startswith(line)]
    if len(wanted) != 1:
        sys.exit(f"no SQLAlchemy {line} in {folder}: ci/bootstrap versions brings it")
    (sqlalchemy,) = wanted
    pairs = [
        (alembic, sqlalchemy, driver)
        for alembic in releases(folder, "alembic").values()
        if suits(alembic, sqlalchemy.name.partition("-")[2])
        for driver in DRIVERS[line[0]]
    ]
    with (
        live_server() as dsn,
        concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool,
    ):
        problems = pool.map(lambda each: check(each[0], dsn, *each[1]), enumerate(pairs))
        problems = [each for each in problems if each]
    print(*problems, sep="\n\n")
    if problems or not pairs:
        sys.exit(f"{len(problems)} of {len(pairs)} pairs fail")
    print(f"{len(pairs)} pairs with {sqlalchemy.name}")


if __name__ == "__main__":
    main()
