#!/usr/bin/env python3
"""The replayed schema at each revision is the one that `alembic upgrade` to it leaves on a server.

    revisions_test.py --driver PROGRAM [--seeds N] [--first N]   generated histories
    revisions_test.py --driver PROGRAM --project FOLDER           a project, as it is
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

import generate

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from postgres_server import Server  # noqa: E402

ENV = """
from alembic import context

context.configure(
    connection=context.config.attributes["connection"], transaction_per_migration=True
)
with context.begin_transaction():
    context.run_migrations()
"""


class Driver:
    """Gauger's side: one process for all questions."""

    def __init__(self, program: str):
        self.process = subprocess.Popen(
            [program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def differences(self, project: pathlib.Path, revision: str, dsn: str) -> list[str]:
        question = {"project": str(project), "revision": revision, "dsn": dsn}
        print(json.dumps(question), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise SystemExit(answer["error"])
        lines = answer["differences"]
        return lines if answer["complete"] else [*lines, "the replayed catalog is not complete"]


class Histories:
    """Writes a history, and runs each revision as it comes."""

    def __init__(self, server: Server, driver: Driver, folder: pathlib.Path, seed: int):
        self.server, self.driver, self.seed = server, driver, seed
        self.folder = folder / f"seed{seed}"
        self.versions = self.folder / "migrations" / "versions"
        self.versions.mkdir(parents=True)
        (self.folder / ".git").mkdir()
        (self.folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/migrations\n")
        (self.folder / "migrations" / "env.py").write_text(ENV)
        self.generator = generate.Generator(seed)
        self.made = self.refused = self.databases = 0
        self.wrong: list[str] = []

    def database(self, template: str = "template1") -> str:
        self.databases += 1
        name = f"s{self.seed}_{self.databases}"
        self.server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def upgrade(self, database: str, revision: str) -> str | None:
        """Why Alembic refuses, if it does."""
        engine = sa.create_engine(
            "postgresql+psycopg2://",
            creator=lambda: self.server.connect(database),
            poolclass=sa.NullPool,
        )
        config = Config(str(self.folder / "alembic.ini"))
        try:
            with engine.connect() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, revision)
        except Exception as error:  # whatever Alembic, SQLAlchemy or the driver says
            return str(error)
        finally:
            engine.dispose()
        return None

    def compare(self, database: str, revision: str) -> bool:
        found = self.driver.differences(self.folder, revision, self.server.dsn(database))
        if found:
            text = (self.versions / f"{revision}.py").read_text().partition("def upgrade")[2]
            self.wrong.append(f"seed {self.seed}, {revision}:{text}" + "\n".join(found))
        return not found

    def grow(self, database: str, below, wanted: int) -> str:
        """Revisions above `below`, compared one by one; the last one's id."""
        last, tries = below, 0
        while wanted and tries < 6 * wanted + 10 and not self.wrong:
            tries += 1
            kept = self.generator.snapshot()
            revision = f"r{self.made + self.refused + 1:03}"
            file = self.versions / f"{revision}.py"
            file.write_text(self.generator.revision(revision, last))
            refused = self.upgrade(database, revision)
            if refused:
                # What was in an autocommit block before stays, so the history would not be what ran.
                if "autocommit_block" in file.read_text():
                    database = self.again(last)
                file.unlink()
                self.generator.restore(kept)
                self.refused += 1
                continue
            self.made += 1
            wanted -= 1
            last = revision
            self.compare(database, revision)
        self.current = database
        return last

    def again(self, revision: str | None) -> str:
        database = self.database()
        if revision is not None and (refused := self.upgrade(database, revision)):
            raise SystemExit(refused)
        return database

    def run(self, trunk: int, branch: int) -> None:
        fork = self.grow(self.database(), None, trunk)
        # That there is something to see: the first revision is not all.
        first = min(file.stem for file in self.versions.glob("*.py"))
        if not self.driver.differences(self.folder, first, self.server.dsn(self.current)):
            self.wrong.append(f"seed {self.seed}: {first} makes as much as {fork}")
        state = self.generator.snapshot()
        left = self.grow(self.database(self.current), fork, branch)
        self.generator.restore(state)
        right = self.grow(self.again(fork), fork, branch)
        if self.wrong or fork in (left, right):
            return
        # What both branches have changed may be refused: then there is no merge.
        self.generator.restore(state)
        merge = self.versions / "merge.py"
        merge.write_text(
            generate.HEADER.format(identifier="merge", below=(left, right)) + "    pass\n"
        )
        database = self.database()
        if self.upgrade(database, "merge"):
            merge.unlink()
        elif self.compare(database, "merge"):
            self.made += 1


def run_seeds(server: Server, driver: Driver, folder: pathlib.Path, options) -> int:
    made = refused = merges = 0
    wrong = []
    for seed in range(options.first, options.first + options.seeds):
        histories = Histories(server, driver, folder, seed)
        histories.run(trunk=8, branch=3)
        made += histories.made
        refused += histories.refused
        merges += (histories.versions / "merge.py").exists()
        wrong += histories.wrong
    print(f"{made} revisions of {options.seeds} histories compared, {merges} merges; {refused} refused")
    for each in wrong:
        print(each + "\n")
    return 1 if wrong or made < 8 * options.seeds or not merges else 0


def run_project(server: Server, driver: Driver, folder: pathlib.Path) -> int:
    """With the project's own env.py, which reads the DSN from its environment."""
    server.execute("CREATE DATABASE project")
    dsn = server.dsn("project")
    os.environ.update(GAUGER_PG_DSN=dsn, DYLEN_PG_DSN=dsn, DYLEN_ALLOWED_ORIGINS="http://localhost")
    os.chdir(folder)
    config = Config("alembic.ini")
    wrong = count = 0
    for script in reversed(list(ScriptDirectory.from_config(config).walk_revisions())):
        command.upgrade(config, script.revision)
        found = driver.differences(folder, script.revision, dsn)
        count += 1
        wrong += bool(found)
        for line in found:
            print(f"{script.revision}: {line}")
    print(f"{count} revisions of {folder.name} compared")
    return 1 if wrong or not count else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--driver", required=True)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--project", type=pathlib.Path)
    options = parser.parse_args()
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=memory) as name:
        os.chmod(name, 0o755)
        folder = pathlib.Path(name)
        (folder / "server").mkdir()
        server = Server(folder / "server")
        try:
            driver = Driver(options.driver)
            if options.project:
                return run_project(server, driver, options.project.resolve())
            return run_seeds(server, driver, folder, options)
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
