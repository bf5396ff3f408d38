"""Proves the labels: runs each revision through Alembic on PostgreSQL, and reads the server.

Every label of a rewrite, a scan, an index build, a lock, a failure or a loss has to show, and none
may show in a statement that has no such label.
"""

import os
import pathlib
import re
import sys
import tempfile

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import collection

sys.path.insert(0, str(collection.HERE.parents[1]))
from postgres_server import Server  # noqa: E402

MESSAGES = {
    "rewrite": re.compile(r'rewriting table "(\w+)"'),
    "scan": re.compile(r'verifying table "(\w+)"|validating foreign key constraint "(\w+)"'),
    "index-build": re.compile(r'building index "\w+" on table "(\w+)"'),
}
NEW_FILE = ("TRUNCATE", "CLUSTER", "VACUUM", "REFRESH", "CREATE TABLE")
BLOCKING = {"ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"}

# No two have the same name, in whatever schema.
TABLES = """
SELECT c.oid, c.relname, c.oid::regclass::text, relkind, relfilenode
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
WHERE nspname IN ('public', 'legacy') AND relkind IN ('r', 'p', 'm') AND relname <> 'alembic_version'
"""
HELD = """
SELECT DISTINCT relation, mode FROM pg_locks
WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted
"""
# What the application names, and which values there are: both by what they are, not by their names.
NAMED = """
SELECT c.oid, a.attnum, c.relname, n.nspname || '.' || c.relname || '.' || a.attname
FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace
WHERE attnum > 0 AND NOT attisdropped AND nspname !~ '^(pg_|information_schema)'
  AND relkind IN ('r', 'p', 'v')
"""


def rows_of(cursor, sql: str) -> list[tuple]:
    cursor.execute(sql)
    return cursor.fetchall()


class Watch:
    """What the server does for the statements of one upgrade."""

    def __init__(self, raw, rows: dict[str, int]):
        self.raw = raw
        self.rows = {name: count for name, count in rows.items() if count}
        self.seen: set[str] = set()
        self.locked: set[str] = set()
        self.names: dict[int, str] = {}
        with raw.cursor() as cursor:
            self.names = {oid: name for oid, name, *_ in rows_of(cursor, TABLES)}
        self.raw.rollback()
        del raw.notices[:]

    def holds(self) -> set[str]:
        if self.raw.autocommit:
            return set()
        with self.raw.cursor() as cursor:
            return {
                self.names[oid]
                for oid, mode in rows_of(cursor, HELD)
                if mode in BLOCKING and self.names.get(oid) in self.rows
            }

    def after(self, statement: str, count: int) -> None:
        held = self.holds()
        self.locked |= held
        text = " ".join(self.raw.notices)
        del self.raw.notices[:]
        words = statement.upper()
        # Outside a transaction its locks are gone: what blocks nobody is known by its name.
        gentle = self.raw.autocommit and ("CONCURRENTLY" in words or "VALIDATE" in words)
        found: set[str] = set()
        for hazard, pattern in MESSAGES.items():
            for match in pattern.finditer(text):
                table = next((group for group in match.groups() if group), "")
                of_foreign_key = "foreign key" in match.group()
                blocked = held & ({table} if not of_foreign_key else held)
                if (table in self.rows or of_foreign_key) and not gentle:
                    if blocked or self.raw.autocommit:
                        found.add(hazard)
        # With a new file, its indexes come anew as well.
        if "rewrite" in found or words.lstrip().startswith(NEW_FILE):
            found.discard("index-build")
        self.seen |= found
        changed = re.match(r"\s*(?:UPDATE|DELETE FROM)\s+(\w+)", statement, re.IGNORECASE)
        if changed and count >= self.rows.get(changed[1], count + 1):
            self.seen.add("rows")


def losses(before: list[tuple], after: list[tuple], rows: dict[str, int]) -> set[str]:
    """Columns that are gone, and names that are."""
    kept = {(oid, number) for oid, number, *_ in after}
    names = {name for *_, name in after}
    seen = set()
    for oid, number, table, name in before:
        if table in rows and (oid, number) not in kept:
            seen.add("destructive")
        if table in rows and name not in names:
            seen.add("breaks-application")
    return seen


def upgrade(server: Server, project: pathlib.Path, template: str, revision, rows) -> tuple:
    """What was seen, locked and lost; and the error, if it failed."""
    database = "one"
    server.execute(f"CREATE DATABASE {database} TEMPLATE {template}")
    engine = sa.create_engine(
        "postgresql+psycopg2://", creator=lambda: server.connect(database), poolclass=sa.NullPool
    )
    config = Config(str(project / "alembic.ini"))
    seen: set[str] = set()
    locked: set[str] = set()
    error = None
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        with raw.cursor() as cursor:
            before = rows_of(cursor, NAMED)
            files = {oid: file for oid, *_, file in rows_of(cursor, TABLES)}
        watch = Watch(raw, rows)

        @sa.event.listens_for(engine, "after_cursor_execute")
        def after(conn, cursor, statement, parameters, context, executemany):
            if not statement.lstrip().startswith("SELECT"):
                watch.after(statement, cursor.rowcount)

        config.attributes["connection"] = connection
        try:
            if revision.down_revision != "shop":
                command.upgrade(config, revision.down_revision)
                watch.seen.clear()
                watch.locked.clear()
            command.upgrade(config, revision.id)
        except Exception as raised:  # whatever Alembic, SQLAlchemy or the driver says
            error = str(raised).splitlines()[0]
        seen, locked = watch.seen, watch.locked
    if error is None:
        with server.connect(database) as check, check.cursor() as cursor:
            seen |= losses(before, rows_of(cursor, NAMED), rows)
            for oid, name, qualified, kind, file in rows_of(cursor, TABLES):
                if not rows.get(name) or kind == "p":
                    continue
                if rows_of(cursor, f"SELECT count(*) FROM {qualified}")[0][0] == 0:
                    seen.add("destructive")
                elif file != files.get(oid, file) and kind == "r":
                    seen.add("rewrite")
        check.close()
    engine.dispose()
    server.execute(f"DROP DATABASE {database} WITH (FORCE)")
    return seen, locked, error


# PostgreSQL says nothing of these scans; the lock that they are made under shows.
SILENT = re.compile(r"ALTER DOMAIN|PARTITION OF|USING INDEX")
# Of what Alembic or the server does otherwise than is written, and of an enum's label, no message
# tells.
UNSEEN = {"surprise"}


def judge(server, project, revision, rows) -> list[str]:
    said = revision.hazards
    seen, locked, error = upgrade(server, project, "shop", revision, rows)
    problems = []
    if error:
        _, _, without_rows = upgrade(server, project, "empty", revision, {})
        failure = "fails" if without_rows else "fails-on-data"
        if failure not in said:
            problems.append(f"{failure}: {error}")
    for hazard in sorted(said - UNSEEN):
        if hazard in ("fails", "fails-on-data"):
            if not error:
                problems.append(f"does not fail, but is labelled {hazard}")
        elif error:
            continue  # it is stopped before the server comes to the others
        elif hazard == "lock":
            if not locked:
                problems.append("takes no lock that blocks writes")
        elif hazard == "scan" and SILENT.search(revision.text):
            if not locked:
                problems.append("scans without a lock")
        elif hazard == "breaks-application" and "RENAME VALUE" in revision.text:
            continue
        elif hazard not in seen:
            problems.append(f"no sign of {hazard}")
    problems += [f"unlabelled: {hazard}" for hazard in sorted(seen - said) if not error]
    return problems


def prove(revisions: list[collection.Revision], only: str = "") -> int:
    wrong = 0
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as name:
        os.chmod(name, 0o755)
        folder = pathlib.Path(name)
        project = folder / "project"
        collection.write_project(revisions, project)
        (folder / "server").mkdir()
        server = Server(folder / "server")
        try:
            for template in ("empty", "shop"):
                server.execute(f"CREATE DATABASE {template}")
                engine = sa.create_engine(
                    "postgresql+psycopg2://", creator=lambda: server.connect(template)
                )
                with engine.connect() as connection:
                    config = Config(str(project / "alembic.ini"))
                    config.attributes["connection"] = connection
                    command.upgrade(config, "shop")
                    if template == "shop":
                        raw = connection.connection.driver_connection
                        with raw.cursor() as cursor:
                            cursor.execute((collection.HERE / "rows.sql").read_text())
                            rows = {
                                name: rows_of(cursor, f"SELECT count(*) FROM {qualified}")[0][0]
                                for _, name, qualified, *_ in rows_of(cursor, TABLES)
                            }
                        raw.commit()
                engine.dispose()
            for revision in revisions:
                if only not in revision.name:
                    continue
                for problem in judge(server, project, revision, rows):
                    wrong += 1
                    print(f"{revision.name}: {problem}", flush=True)
        finally:
            server.stop()
    print(f"{len(revisions)} revisions on PostgreSQL, {wrong} labels not proven")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(prove(collection.read(), *sys.argv[1:]))
