"""Runs the cases of rules by real Alembic on real PostgreSQL, and reads from `smoke` what the server did."""

import contextlib
import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator

import psycopg2

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from live_program import live_program  # noqa: E402

ROOT = pathlib.Path(os.environ.get("GAUGER_ROOT", pathlib.Path(__file__).resolve().parents[3]))
BIN = pathlib.Path(os.environ.get("GAUGER_BIN", ROOT / "build/bin"))
RULES = ROOT / "rules"

INI = "[alembic]\nscript_location = %(here)s\nprepend_sys_path = .\npath_separator = os\n"
ENV = """import os
import sys
from alembic import context
from sqlalchemy import create_engine

sys.path.append("site-packages")
with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
"""
# What the database had before the first revision; and where rows come in.
BEFORE = '''"""Before."""

from alembic import op

revision = "{id}"
down_revision = {down!r}


def upgrade():
    op.execute({sql!r})
'''
LOCKS = [
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
]
# Of [lint] postgres-version.
DEFAULT_VERSION = 14


@dataclasses.dataclass(frozen=True)
class Claim:
    """What a rule says of the server: `engine::Claim`, as `migration-lint --list-rules` writes it."""

    kind: str  # "nothing", "failure" or "effect"
    lock: str = ""
    work: tuple[str, ...] = ()

    @staticmethod
    def read(text: str | None) -> "Claim":
        if text in (None, "nothing", "failure"):
            return Claim(text or "unstated")
        work, _, lock = text.rpartition(" under ")
        return Claim("effect", lock, tuple(work.split(" or ")) if work else ())

    def is_shown(self, statement: dict) -> bool:
        if not self.work:
            return any(at_least(each["lock"], self.lock) for each in statement["locks"])
        held = {each["table"] for each in statement["held"] if at_least(each["lock"], self.lock)}
        return any(each["kind"] in self.work and each["table"] in held for each in statement["work"])


def at_least(lock: str, other: str) -> bool:
    return LOCKS.index(lock) >= LOCKS.index(other)


@dataclasses.dataclass
class Finding:
    revision: str
    path: str
    begin: int
    end: int
    also: list[int]  # the `with` lines around it, where a batch runs its statements; and where a helper does

    def is_at(self, revision: str, path: str, line: int | None) -> bool:
        if line is None or (revision, path) != (self.revision, self.path):
            return False
        return self.begin <= line <= self.end or line in self.also


class Case:
    """A folder rules/<rule_name>/cases/<case>. For its run there may be, beside what run_cases.py knows:

    before.sql   what the database has that no revision makes
    proof.toml   `servers`: "17-" or "-16", the majors that it is about
                 `accepted`: why the rule is silent about what the server does, in a good case
                 `unseen`: why the server shows nothing of what it does, in a bad case
                 `claim`: what is claimed in this case, where it is not what the rule says of others
                 `unrunnable`: why it cannot be run at all
    """

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.room = folder.parent.parent.name
        self.rule = self.room.replace("_", "-")
        self.name = f"{self.room}/{folder.name}"
        self.is_bad = folder.name.startswith("bad_")
        proof = folder / "proof.toml"
        self.proof = tomllib.loads(proof.read_text(encoding="utf-8")) if proof.exists() else {}

    def is_about(self, major: int) -> bool:
        first, _, last = self.proof.get("servers", self._servers()).partition("-")
        return int(first or 0) <= major <= int(last or 99)

    def _servers(self) -> str:
        settings = self.folder / "gauger.toml"
        text = settings.read_text(encoding="utf-8") if settings.exists() else ""
        version = tomllib.loads(text).get("lint", {}).get("postgres-version", DEFAULT_VERSION)
        return f"{version}-" if version > DEFAULT_VERSION else f"-{version}" if version < DEFAULT_VERSION else "-"

    @contextlib.contextmanager
    def project(self, *, runs: bool) -> Iterator[pathlib.Path]:
        """`runs`: with an env.py, on top of what the database has before."""
        with tempfile.TemporaryDirectory(prefix="gauger-proof-") as temporary:
            folder = pathlib.Path(temporary).resolve() / "project"
            shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("expected.txt", "__pycache__"))
            (folder / ".git").mkdir()
            (folder / ".git/HEAD").write_text("")
            (folder / "alembic.ini").write_text(INI)
            if runs:
                if not (folder / "env.py").exists():
                    (folder / "env.py").write_text(ENV)
                if (folder / "before.sql").exists():
                    self._put_before(folder)
            yield folder

    @staticmethod
    def _put_before(folder: pathlib.Path) -> None:
        for path in folder.glob("versions/*.py"):
            text = path.read_text(encoding="utf-8")
            text = re.sub(r"^(down_revision\b.*)= None$", r'\1= "rows"', text, flags=re.MULTILINE)
            path.write_text(text, encoding="utf-8")
        sql = (folder / "before.sql").read_text(encoding="utf-8")
        (folder / "versions/before.py").write_text(BEFORE.format(id="before", down=None, sql=sql), encoding="utf-8")
        (folder / "versions/rows.py").write_text(BEFORE.format(id="rows", down="before", sql="SELECT 1"))

    def heads(self) -> list[str]:
        text = [path.read_text(encoding="utf-8") for path in sorted(self.folder.glob("versions/*.py"))]
        ids = [re.search(r'^revision\b.*?= "(.*?)"', each, re.MULTILINE).group(1) for each in text]
        downs = [re.search(r"^down_revision\b.*", each, re.MULTILINE).group(0) for each in text]
        return [each for each in ids if not any(f'"{each}"' in down for down in downs)]

    def select(self, folder: pathlib.Path) -> None:
        """Has migration-lint look by this rule, unless the case says by which."""
        settings = folder / "gauger.toml"
        text = settings.read_text(encoding="utf-8") if settings.exists() else ""
        if "select" not in text:
            select = f'[lint]\nselect = ["{self.rule}"]\n'
            text = text.replace("[lint]\n", select, 1) if "[lint]\n" in text else text + select
            settings.write_text(text, encoding="utf-8")

    def findings(self) -> list[Finding]:
        """What migration-lint finds there by this rule."""
        with self.project(runs=False) as folder:
            self.select(folder)
            done = call("migration-lint", "--no-cache", folder=folder)
            return [
                Finding(
                    each["revision"],
                    each["path"],
                    each["line"],
                    each["end_line"],
                    blocks_around((folder / each["path"]).read_text(encoding="utf-8"), each["line"])
                    + [place["line"] for place in each["related"] if place["path"] == each["path"]],
                )
                for each in json.loads(done.stdout)["findings"]
                if each["rule"] == self.rule
            ]


def blocks_around(text: str, line: int) -> list[int]:
    lines = text.splitlines()
    depth = len(lines[line - 1]) - len(lines[line - 1].lstrip())
    blocks = []
    for number in range(line - 1, 0, -1):
        words = lines[number - 1].lstrip()
        if words and len(lines[number - 1]) - len(words) < depth:
            depth = len(lines[number - 1]) - len(words)
            if words.startswith("with "):
                blocks.append(number)
    return blocks


def call(tool: str, *arguments: str, folder: pathlib.Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "VIRTUAL_ENV": sys.prefix, "HOME": str(folder), "LANG": "C.UTF-8"}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    command = [str(BIN / tool), "--format", "json", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


class Unrunnable(Exception):
    """smoke could not run it at all."""


@dataclasses.dataclass
class Run:
    """One upgrade to the heads."""

    migrations: list[dict]
    failed: dict | None

    def statements(self) -> Iterator[tuple[str, dict]]:
        """With the revision of each; Alembic's own are left out."""
        for migration in self.migrations:
            for statement in migration["statements"] or []:
                if statement["line"] is not None and migration["revision"] not in ("before", "rows"):
                    yield migration["revision"], statement


def run(folder: pathlib.Path, dsn: str, rows_before: str | None = None) -> Run:
    rows = ["--rows", "5", "--rows-before", rows_before] if rows_before else []
    done = call("smoke", "--mode", "fresh", "--dsn", dsn, *rows, folder=folder)
    if done.returncode == 2:
        raise Unrunnable(done.stdout + done.stderr)
    (made,) = json.loads(done.stdout)["summary"]["runs"]
    return Run(made["migrations"], made["failed"])


def leave_out(folder: pathlib.Path, findings: list[Finding]) -> None:
    """Puts `pass` where they are."""
    for finding in findings:
        path = folder / finding.path
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        first = lines[finding.begin - 1]
        indentation = first[: len(first) - len(first.lstrip())]
        lines[finding.begin - 1 : finding.end] = [f"{indentation}pass\n"] + ["\n"] * (finding.end - finding.begin)
        path.write_text("".join(lines), encoding="utf-8")


@contextlib.contextmanager
def server() -> Iterator[tuple[str, int]]:
    """A private server for all cases: its DSN and its major version."""
    with live_program("dsn") as line:
        dsn, _, major = line.partition(" ")
        if not dsn:
            raise RuntimeError("no server was started")
        with contextlib.closing(psycopg2.connect(dsn)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SET allow_in_place_tablespaces = on")
                cursor.execute("CREATE TABLESPACE fast LOCATION ''")
        yield dsn, int(major)
