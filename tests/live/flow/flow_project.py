"""The sample project courses in a git repository of its own, and a server for its database."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

import psycopg

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "seeds"))
from seed_project import BIN, Server  # noqa: E402

COURSES = HERE.parents[1] / "projects" / "courses"
LOCK = 113668279199090

__all__ = ["BIN", "LOCK", "Server", "Courses", "cut_power", "descendants", "send"]


def descendants(pid):
    """Of a process, with itself, whatever session they are in."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    found = {pid}
    while True:
        more = {child for child, parent in parents.items() if parent in found} - found
        if not more:
            return found
        found |= more


def send(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass  # it has ended meanwhile


def cut_power(process):
    """All processes of a run at one moment, also those that would undo what it did."""
    everybody = set()
    while True:
        fresh = descendants(process.pid) - everybody
        if not fresh:
            break
        send(fresh, signal.SIGSTOP)
        everybody |= fresh
    send(everybody, signal.SIGKILL)
    process.wait()


class Courses:
    """A copy of the project on a branch `work` that stands on `main`."""

    def __init__(self, test, server):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        test.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.home = pathlib.Path(tempfile.mkdtemp())
        test.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        shutil.copytree(
            COURSES,
            self.folder,
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns("__pycache__", ".env", ".venv"),
        )
        self.versions = self.folder / "migrations" / "versions"
        self.seeds = self.folder / "scripts" / "seeds"
        self.server = server
        self.database = server.make_database()
        self.dsn = server.dsn(self.database)
        self.environment = {
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "VIRTUAL_ENV": sys.prefix,
            "PYTHONDONTWRITEBYTECODE": "1",
            "DYLEN_PG_DSN": self.dsn,
            "DYLEN_ALLOWED_ORIGINS": "http://localhost:3000",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "a",
            "GIT_COMMITTER_EMAIL": "a@example.org",
        }
        self.git("init", "-q", "-b", "main")
        self.commit("the project")
        self.git("checkout", "-q", "-b", "work")

    def make_database(self):
        """One more database, empty."""
        return self.server.make_database()

    def start(self, *words, **variables):
        return subprocess.Popen(
            [str(each) for each in words],
            cwd=self.folder,
            env={**self.environment, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words, **variables):
        process = self.start(*words, **variables)
        process.stdout_text, process.stderr_text = process.communicate(timeout=120)
        process.all = process.stdout_text + process.stderr_text
        return process

    def git(self, *words, **variables):
        done = self.run("git", *words, **variables)
        assert done.returncode == 0, done.all
        return done.stdout_text

    def commit(self, message, **variables):
        self.git("add", "-A")
        return self.run("git", "commit", "-q", "-m", message, **variables)

    def edit(self, path, old, new):
        file = self.folder / path
        text = file.read_text()
        assert old in text, (path, old)
        file.write_text(text.replace(old, new, 1))

    def connect(self, database=None):
        return psycopg.connect(self.server.dsn(database or self.database), autocommit=True)

    def values(self, sql, database=None):
        with self.connect(database) as connection:
            return [row[0] for row in connection.execute(sql).fetchall()]

    def current(self):
        return self.values("SELECT version_num FROM alembic_version")

    def revisions(self):
        """The names of the revision files."""
        return sorted(path.name for path in self.versions.glob("*.py"))

    def state(self):
        """All files but git's own, as they are."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
            and ".git/" not in str(path.relative_to(self.folder))
            and "__pycache__" not in path.parts
        }

    def add_revision(self, name, down, body, revision=None):
        """Written by hand; dated after all that are there."""
        revision = revision or name
        number = len(self.revisions())
        (self.versions / f"2026_01_{number:02}_0900-{name}.py").write_text(
            f'"""{name}\n\nRevision ID: {revision}\nRevises: {down}\n'
            f'Create Date: 2026-01-{number:02} 09:00:00+00:00\n\n"""\n'
            "import sqlalchemy as sa\nfrom alembic import op\n\n"
            f'revision = "{revision}"\ndown_revision = "{down}"\n'
            "branch_labels = None\ndepends_on = None\n\n\n"
            f"def upgrade() -> None:\n{body}\n\n\ndef downgrade() -> None:\n    pass\n"
        )
