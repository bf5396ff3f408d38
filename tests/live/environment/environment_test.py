#!/usr/bin/env python3
"""What Gauger reads of env.py against what `alembic upgrade` does with it on PostgreSQL.

Each form of env.py runs two revisions, which write down the server's transaction and lock_timeout, and then two of which the
second needs an autocommit_block(). What Gauger is certain of must be so, and it must be certain where the form says what it is.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import textwrap
from concurrent.futures import ThreadPoolExecutor

import psycopg2

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from postgres_server import Server  # noqa: E402

INI = """[alembic]
script_location = %(here)s/migrations
prepend_sys_path = .
path_separator = os
sqlalchemy.url = {url}
"""
REVISION = '''"""Writes down what it runs in."""

from alembic import op

revision = "{id}"
down_revision = {down!r}


def upgrade():
    op.execute(
        "INSERT INTO seen VALUES ('{id}', txid_current(), current_setting('lock_timeout'))"
    )
'''
BLOCK = '''"""Leaves the transaction."""

from alembic import op

revision = "r2"
down_revision = "r1"


def upgrade():
    with op.get_context().autocommit_block():
        op.execute("INSERT INTO seen VALUES ('r2', txid_current(), '')")
'''

HEAD = """
import asyncio
import contextlib
import os
from logging.config import fileConfig

from alembic import context
from sqlalchemy import create_engine, engine_from_config, event, pool, text
from sqlalchemy.ext.asyncio import async_engine_from_config, create_async_engine

config = context.config
target_metadata = None
"""
OFFLINE = """

def run_migrations_offline():
    context.configure(
        url=config.get_main_option("sqlalchemy.url"),
        target_metadata=target_metadata,
        literal_binds=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
"""

ENGINE = 'engine_from_config(\n    config.get_section(config.config_ini_section, {}), prefix="sqlalchemy.", poolclass=pool.NullPool\n)'
ASYNC_ENGINE = ENGINE.replace("engine_from_config", "async_engine_from_config")


def online(body: str, before: str = "") -> str:
    """An env.py of Alembic's templates with another online half."""
    return HEAD + textwrap.dedent(before) + "\n\ndef run_migrations_online():\n" + textwrap.indent(
        textwrap.dedent(body).strip("\n"), "    "
    ) + "\n" + OFFLINE


def generic(configure: str = "", before: str = "", connect: str = "connect()", run: str = "context.run_migrations()") -> str:
    return online(
        f"""
connectable = {ENGINE}
with connectable.{connect} as connection:
{textwrap.indent(textwrap.dedent(before).strip(), "    ")}
    context.configure(connection=connection, target_metadata=target_metadata{configure})
    with context.begin_transaction():
        {run}
"""
    )


def asynchronous(configure: str = "", connect: str = "connect()", before: str = "", after: str = "") -> str:
    return online(
        "asyncio.run(run_async_migrations())",
        before=f"""

def do_run_migrations(connection):
    context.configure(connection=connection, target_metadata=target_metadata{configure})

    with context.begin_transaction():
        context.run_migrations()


async def run_async_migrations():
    connectable = {ASYNC_ENGINE}

    async with connectable.{connect} as connection:
        {before or "pass"}
        await connection.run_sync(do_run_migrations)
        {after or "pass"}

    await connectable.dispose()
""",
    )


# Form: env.py; more files; whether Gauger must be certain of it, and not only never wrong.
FORMS: dict[str, tuple[str, dict[str, str], bool]] = {}


def form(name: str, env: str, files: dict[str, str] | None = None, certain: bool = True) -> None:
    FORMS[name] = (env, files or {}, certain)


form("generic", generic())
form("generic, transaction_per_migration", generic(", transaction_per_migration=True"))
form("generic, transaction_per_migration=False", generic(", transaction_per_migration=False"))
form("engine.begin()", generic(connect="begin()"))
form("engine.begin(), transaction_per_migration", generic(", transaction_per_migration=True", connect="begin()"))
form("async", asynchronous())
form("async, transaction_per_migration", asynchronous(", transaction_per_migration=True"))
form("async, engine.begin()", asynchronous(", transaction_per_migration=True", connect="begin()"))
form("async, a statement before", asynchronous(before='await connection.execute(text("SELECT 1"))', after="await connection.commit()"), certain=False)
form(
    "async, a statement and its commit before",
    asynchronous(
        ", transaction_per_migration=True",
        before='await connection.execute(text("SET lock_timeout = 1000")); await connection.commit()',
    ),
)
form("lock_timeout, its transaction left open", generic(before='connection.execute(text("SET lock_timeout = 1000"))', run='context.run_migrations(); connection.commit()'), certain=False)
form(
    "lock_timeout and commit",
    generic(", transaction_per_migration=True", before='connection.execute(text("SET lock_timeout = 1000"))\nconnection.commit()'),
)
form(
    "lock_timeout in a transaction of its own",
    generic(before='with connection.begin():\n    connection.execute(text("SET lock_timeout = 1000"))'),
)
form(
    "lock_timeout as an option of the connection",
    online(
        """
engine = create_engine(
    config.get_main_option("sqlalchemy.url"), connect_args={"options": "-c lock_timeout=1000"}
)
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
    ),
)
form(
    "lock_timeout inside Alembic's transaction",
    generic(run='context.execute("SET LOCAL lock_timeout = 1000")\n        context.run_migrations()'),
)
form(
    "connection.begin() before configure",
    online(
        f"""
connectable = {ENGINE}
with connectable.connect() as connection:
    with connection.begin():
        context.configure(connection=connection, transaction_per_migration=True)
        context.run_migrations()
"""
    ),
)
form(
    "connection.begin() around run_migrations",
    online(
        f"""
connectable = {ENGINE}
with connectable.connect() as connection:
    context.configure(connection=connection)
    with connection.begin():
        context.run_migrations()
"""
    ),
)
form(
    "begin() and commit() as calls",
    online(
        f"""
connection = {ENGINE}.connect()
transaction = connection.begin()
context.configure(connection=connection, transaction_per_migration=True)
try:
    context.run_migrations()
    transaction.commit()
except Exception:
    transaction.rollback()
    raise
finally:
    connection.close()
"""
    ),
)
form(
    "connect() as a call",
    online(
        f"""
engine = {ENGINE}
connection = engine.connect()
context.configure(connection=connection, transaction_per_migration=True)
try:
    with context.begin_transaction():
        context.run_migrations()
finally:
    connection.close()
"""
    ),
)
form(
    "without begin_transaction, transaction_per_migration",
    online(
        f"""
with {ENGINE}.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    context.run_migrations()
"""
    ),
)
form(
    "AUTOCOMMIT in connect",
    online(
        f"""
with {ENGINE}.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
    ),
    certain=False,
)
form(
    "AUTOCOMMIT of the engine",
    online(
        """
engine = create_engine(config.get_main_option("sqlalchemy.url"), isolation_level="AUTOCOMMIT")
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
    ),
    certain=False,
)
form(
    "AUTOCOMMIT set on the connection",
    online(
        f"""
with {ENGINE}.connect() as connection:
    connection = connection.execution_options(isolation_level="AUTOCOMMIT")
    context.configure(connection=connection, transaction_per_migration=False)
    with context.begin_transaction():
        context.run_migrations()
"""
    ),
    certain=False,
)
form(
    "functions in between",
    online(
        "with connecting() as connection:\n    migrate(connection, transaction_per_migration=True)",
        before=f"""

@contextlib.contextmanager
def connecting():
    engine = {ENGINE}
    with engine.connect() as connection:
        yield connection


def migrate(connection, **options):
    context.configure(connection=connection, target_metadata=target_metadata, **options)
    with context.begin_transaction():
        context.run_migrations()
""",
    ),
)
form(
    "a context manager that begins",
    online(
        "with connecting() as connection:\n    migrate(connection)",
        before=f"""

@contextlib.contextmanager
def connecting():
    with {ENGINE}.begin() as connection:
        yield connection


def migrate(connection):
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
""",
    ),
)
form(
    "options of a dict",
    online(
        f"""
options = dict(target_metadata=target_metadata, compare_type=True)
options["transaction_per_migration"] = True
with {ENGINE}.connect() as connection:
    context.configure(connection=connection, **options)
    with context.begin_transaction():
        context.run_migrations()
"""
    ),
)
form(
    "a setting of the project",
    online(
        f"""
with {ENGINE}.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=settings.EACH)
    with context.begin_transaction():
        context.run_migrations()
""",
        before="from project import settings\n",
    ),
    {"project/__init__.py": "", "project/settings.py": "EACH = True\n"},
)
form(
    "a setting from outside",
    generic(', transaction_per_migration=os.environ.get("EACH", "") == "yes"'),
    certain=False,
)
form(
    "a connection that is handed in",
    online(
        f"""
connectable = config.attributes.get("connection", None)
if connectable is None:
    connectable = {ENGINE}
with connectable.connect() as connection:
    context.configure(connection=connection, target_metadata=target_metadata)
    with context.begin_transaction():
        context.run_migrations()
"""
    ),
)
form(
    "multidb",
    online(
        f"""
engines = {{}}
for name in ["one"]:
    engines[name] = record = {{}}
    record["engine"] = {ENGINE}
for name, record in engines.items():
    engine = record["engine"]
    record["connection"] = connection = engine.connect()
    record["transaction"] = connection.begin()
try:
    for name, record in engines.items():
        context.configure(
            connection=record["connection"],
            upgrade_token="%s_upgrades" % name,
            downgrade_token="%s_downgrades" % name,
            target_metadata=None,
        )
        context.run_migrations()
    for record in engines.values():
        record["transaction"].commit()
except BaseException:
    for record in engines.values():
        record["transaction"].rollback()
    raise
finally:
    for record in engines.values():
        record["connection"].close()
"""
    ),
)
form(
    "Flask-Migrate",
    online(
        f"""
connectable = get_engine()
conf_args = current_app.migrate_args
conf_args.setdefault("compare_type", True)
with connectable.connect() as connection:
    context.configure(connection=connection, target_metadata=target_metadata, **conf_args)
    with context.begin_transaction():
        context.run_migrations()
""",
        before=f"""

class current_app:
    migrate_args = dict(render_as_batch=False)


def get_engine():
    return {ENGINE}
""",
    ),
    certain=False,
)
form(
    "an advisory lock in the transaction",
    online(
        f"""
with {ENGINE}.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        connection.execute(text("SELECT pg_advisory_xact_lock(17)"))
        context.run_migrations()
        connection.commit()
"""
    ),
)
form(
    "SET by an event of the pool",
    online(
        f"""
engine = {ENGINE}

@event.listens_for(engine, "connect")
def set_timeout(connection, record):
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 1000")
    connection.commit()

with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
    ),
)
form(
    "a lock_timeout by context.execute before the transaction",
    online(
        f"""
with {ENGINE}.connect() as connection:
    context.configure(connection=connection)
    context.execute("SET lock_timeout = 1000")
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
"""
    ),
    certain=False,
)


def make(folder: pathlib.Path, name: str, second: str, url: str) -> pathlib.Path:
    env, files, _ = FORMS[name]
    versions = folder / "migrations/versions"
    versions.mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "alembic.ini").write_text(INI.format(url=url.replace("%", "%%")))
    (folder / "migrations/env.py").write_text(env)
    for path, text in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text)
    (versions / "r1.py").write_text(REVISION.format(id="r1", down=None))
    (versions / "r2.py").write_text(second)
    return folder


def upgrade(folder: pathlib.Path) -> subprocess.CompletedProcess:
    command = [sys.executable, "-B", "-m", "alembic", "upgrade", "head"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def measured(server: Server, folder: pathlib.Path, name: str, number: int) -> dict:
    driver = "asyncpg" if "async" in name else "psycopg2"
    facts = {}
    for kind, second in (("plain", REVISION.format(id="r2", down="r1")), ("block", BLOCK)):
        database = f"env_{number}_{kind}"
        server.execute(f"CREATE DATABASE {database}")
        with psycopg2.connect(server.dsn(database)) as connection:
            connection.cursor().execute("CREATE TABLE seen (revision text, transaction bigint, lock_timeout text)")
        url = f"postgresql+{driver}://postgres@/{database}?host={server.folder}"
        done = upgrade(make(folder / f"{number}_{kind}", name, second, url))
        with psycopg2.connect(server.dsn(database)) as connection:
            cursor = connection.cursor()
            cursor.execute("SELECT revision, transaction, lock_timeout FROM seen ORDER BY 1")
            rows = cursor.fetchall()
        if kind == "plain":
            facts["error"] = "" if len(rows) == 2 else (done.stderr.strip().splitlines() or ["nothing was kept"])[-1]
            facts["shared"] = len(rows) == 2 and rows[0][1] == rows[1][1]
            facts["lock_timeout"] = any(row[2] != "0" for row in rows)
        else:
            # AssertionError: the transaction is not Alembic's.
            facts["own"] = "AssertionError" in done.stderr
            facts["block"] = (done.stderr.strip().splitlines() or [""])[-1] if done.returncode else ""
    return facts


def problems(name: str, facts: dict, read: dict) -> list[str]:
    _, _, certain = FORMS[name]
    found = []
    if "error" in read:
        return [f"Gauger: {read['error']}"]
    if facts["error"]:
        found.append(f"Alembic: {facts['error']}")
    if read["one_transaction"] and not facts["shared"]:
        found.append("Gauger says that revisions share a transaction, and they do not")
    separate = read["transaction_per_migration"] is True and read["own_transaction"] is False
    if separate and facts["shared"]:
        found.append("Gauger says that each revision has a transaction, and they share one")
    if read["own_transaction"] is not None and read["own_transaction"] != facts["own"]:
        found.append(f"Gauger says own_transaction = {read['own_transaction']}: autocommit_block(): {facts['block']!r}")
    if read["sets_lock_timeout"] != facts["lock_timeout"]:
        found.append(f"Gauger says sets_lock_timeout = {read['sets_lock_timeout']}")
    if certain and facts["shared"] and not read["one_transaction"]:
        found.append("the revisions share a transaction, and Gauger cannot tell")
    if certain and not facts["shared"] and not separate:
        found.append("each revision has a transaction of its own, and Gauger cannot tell")
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--driver", required=True)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as top, tempfile.TemporaryDirectory() as place:
        os.chmod(top, 0o755)
        server = Server(pathlib.Path(place))
        try:
            names = list(FORMS)
            with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
                facts = list(pool.map(lambda each: measured(server, pathlib.Path(top), each[1], each[0]), enumerate(names)))
        finally:
            server.stop()
        folders = "".join(f"{top}/{number}_plain\n" for number in range(len(names)))
        done = subprocess.run([options.driver], input=folders, capture_output=True, text=True, check=True)
        for name, fact, line in zip(names, facts, done.stdout.splitlines(), strict=True):
            read = json.loads(line)
            if options.verbose:
                print(name, fact, read)
            for problem in problems(name, fact, read):
                failed += 1
                print(f"FAILED {name}: {problem}")
    print(f"environment: {len(FORMS)} forms of env.py; {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.exit(main())
