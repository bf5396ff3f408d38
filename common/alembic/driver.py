"""Runs Alembic in the project's own Python, on one database, as it is told.

Gauger runs this text with `python -c`: no module of this name can be imported, and no .pyc is left.
Requests and answers are lines of JSON. They come over what were stdin and stdout, which are moved
to descriptors of their own first, so that the project's code can print and read as it likes. What
it prints goes to stderr, which Gauger keeps.
"""

import sys

# `-c` has put the current folder first, where a file of the project could stand for a module of
# Python. It is looked at last.
if sys.path[:1] == [""]:
    del sys.path[0]

import argparse  # noqa: E402
import ast  # noqa: E402
import inspect  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import select  # noqa: E402
import signal  # noqa: E402
import textwrap  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402
import traceback  # noqa: E402


class Channel:
    """Where requests come from and answers go to."""

    def __init__(self):
        self.requests_ = os.fdopen(os.dup(0), "rb")
        self.answers_ = os.dup(1)
        for descriptor in (self.requests_.fileno(), self.answers_):
            os.set_inheritable(descriptor, False)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        os.dup2(2, 1)
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self):
        # A thread, so that the end of Gauger ends this process even in the middle of a statement,
        # with all that the project's code has started. It does not read: to be woken by each answer
        # would take the interpreter from the project's code. Asked for no event, poll() tells of
        # the other end's closing alone.
        end = select.poll()
        end.register(self.requests_.fileno(), 0)
        end.poll()
        os.killpg(0, signal.SIGKILL)

    def next(self):
        line = self.requests_.readline()
        while not line:  # the thread sees to it
            time.sleep(1)
        return json.loads(line)

    def say(self, message):
        data = (json.dumps(message, default=str) + "\n").encode("ascii")
        while data:
            data = data[os.write(self.answers_, data) :]


class WrongDatabase(Exception):
    """The project's code is about to use another database than the one that it was given."""


# A process of the server, and when it began: its number may be another's later.
BACKEND_SQL = (
    "SELECT pid::text || ' ' || extract(epoch FROM backend_start)::text"
    " FROM pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid())"
)


class Guard:
    """Compares the database of every connection that SQLAlchemy opens with the one that is meant:
    a scratch database, or the project's own where that is to be written."""

    def __init__(self, role, database, identity_sql, identity):
        self.role = role
        self.database = database
        self.identity_sql = identity_sql
        self.identity = identity
        self.refused = None

    def install(self):
        from sqlalchemy import event
        from sqlalchemy.engine import Engine
        from sqlalchemy.pool import Pool

        event.listen(Engine, "do_connect", self.before_connect)
        event.listen(Pool, "connect", self.after_connect)

    def refuse(self, what):
        # Remembered, since the project's code may catch the exception.
        self.refused = (
            f"the project's code connects to {what}, not to {self.role} '{self.database}'"
        )
        raise WrongDatabase(self.refused)

    def before_connect(self, dialect, record, arguments, keywords):
        if dialect.name != "postgresql":
            self.refuse(f"a database of {dialect.name}")
        name = keywords.get("dbname") or keywords.get("database")
        if name and name != self.database:
            self.refuse(f"the database '{name}'")

    def after_connect(self, connection, record):
        cursor = connection.cursor()
        try:
            cursor.execute(self.identity_sql)
            found = cursor.fetchone()[0]
            cursor.execute(BACKEND_SQL)
            channel.say({"backend": cursor.fetchone()[0]})
        finally:
            cursor.close()
        connection.rollback()
        if found != self.identity:
            connection.close()
            self.refuse(f"the database '{found.split('/')[-1]}' of another server or time")

    def check(self, connection):
        """Of the connection that env.py gave to Alembic, before anything is done on it."""
        found = connection.exec_driver_sql(self.identity_sql).scalar()
        if found != self.identity:
            self.refuse(f"the database '{found.split('/')[-1]}'")


def with_driver(dsn, driver):
    scheme, separator, rest = dsn.partition("://")
    if not separator or "+" in scheme or not driver:
        return dsn
    return f"postgresql+{driver}://{rest}"


def driver_of(url):
    scheme = (url or "").partition("://")[0]
    return scheme.partition("+")[2] if scheme.startswith("postgres") else ""


def importable(driver):
    try:
        __import__(driver)
    except ImportError:
        return False
    return True


def installed_driver(env_file):
    """The driver that a URL without one means if that is installed, else one that is."""
    try:
        with open(env_file, encoding="utf-8", errors="replace") as file:
            text = file.read()
    except OSError:
        text = ""
    if "async_engine" in text or "AsyncEngine" in text:
        candidates = ["asyncpg", "psycopg"]
    else:
        candidates = ["psycopg2", "psycopg", "asyncpg", "pg8000"]
        from sqlalchemy.engine import make_url

        default = make_url("postgresql://").get_dialect()().driver
        candidates.insert(0, default)
    return next((each for each in candidates if importable(each)), "")


class Session:
    """The project's Alembic environment."""

    def __init__(self, request):
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        # Where the project's own modules may be, as with `python -m alembic`.
        sys.path.append(os.getcwd())
        self.guard = Guard(
            request["role"], request["database"], request["identity_sql"], request["identity"]
        )
        self.guard.install()
        self.tracer = None
        if request["tables_sql"]:
            self.tracer = Tracer(channel, request["tables_sql"])  # of tracer.py
            self.tracer.install()
        arguments = {"ini_section": request["section"]}
        if request["ini"]:
            arguments["file_"] = request["ini"]
        if request["toml"] and "toml_file" in inspect.signature(Config.__init__).parameters:
            arguments["toml_file"] = request["toml"]
        self.config = Config(**arguments)
        self.config.cmd_opts = argparse.Namespace(x=None, sql=False, autogenerate=False)
        if not self.config.get_main_option("script_location"):
            self.config.set_main_option(
                "script_location", request["script_location"].replace("%", "%%")
            )
        driver = request["driver"] or driver_of(self.config.get_main_option("sqlalchemy.url"))
        if not driver:
            driver = installed_driver(os.path.join(request["script_location"], "env.py"))
        dsn = with_driver(request["dsn"], driver)
        for name in request["variables"]:
            os.environ[name] = dsn
        if "://" in dsn:
            self.config.set_main_option("sqlalchemy.url", dsn.replace("%", "%%"))
        self.script = ScriptDirectory.from_config(self.config)
        self.dsn = dsn
        self.driver = driver
        self.revision = None
        self.revision_file = None

    def run(self, work, **options):
        """Runs env.py, which connects, and `work(heads, context)` where it runs migrations."""
        from alembic.runtime.environment import EnvironmentContext

        called = []

        def guarded(heads, context):
            called.append(True)
            self.guard.check(context.connection)
            return work(heads, context)

        with EnvironmentContext(self.config, self.script, fn=guarded, **options):
            self.script.run_env()
        if not called:
            raise RuntimeError("env.py ended without calling context.run_migrations()")

    def move(self, find_steps, request):
        done = []
        revision = request["revision"]
        tracer = self.tracer if request["traced"] else None
        if tracer:
            tracer.forget()
        self.revision = self.revision_file = None

        def steps(heads, context):
            for step in find_steps(revision, heads):
                self._watch(step, done, context, tracer)
                yield step

        self.run(steps, destination_rev=revision, starting_rev=None, as_sql=False, tag=None)
        self.revision = self.revision_file = None
        return {"revisions": done}

    def _watch(self, step, done, context, tracer):
        script = getattr(step, "revision", None)
        function = getattr(step, "migration_fn", None)
        if script is None or function is None:
            return

        def watched(**arguments):
            self.revision = script.revision
            self.revision_file = getattr(script.module, "__file__", None)
            if tracer:
                tracer.start(script.revision, self.revision_file, context.connection)
            else:
                channel.say({"running": script.revision})
            began = time.perf_counter()
            try:
                function(**arguments)
            finally:
                seconds = time.perf_counter() - began
                if tracer:
                    tracer.stop()
            done.append(script.revision)
            channel.say({"ran": script.revision, "seconds": seconds})

        step.migration_fn = watched

    def upgrade(self, request):
        return self.move(self.script._upgrade_revs, request)

    def downgrade(self, request):
        return self.move(self.script._downgrade_revs, request)

    def step(self, request):
        """Just one revision, up or down, whatever branch it is on."""
        from alembic.runtime.migration import MigrationStep

        down = request["direction"] == "down"
        make = MigrationStep.downgrade_from_script if down else MigrationStep.upgrade_from_script

        def one(revision, heads):
            script = self.script.get_revision(revision)
            return [make(self.script.revision_map, script)]

        return self.move(one, request)

    def idle_downgrades(self, request):
        """The revisions that have nothing to take them down again, and why."""
        found = {}
        for script in self.script.walk_revisions():
            reason = idleness(script.module, "downgrade")
            if reason:
                nothing = idleness(script.module, "upgrade") == "is empty"
                found[script.revision] = "nothing" if nothing else reason
        return {"revisions": found}

    def heads(self, request):
        return {"revisions": list(self.script.get_heads())}

    def current(self, request):
        found = []

        def look(heads, context):
            found.extend(heads)
            return []

        self.run(look, dont_mutate=True)
        return {"revisions": found}

    def settings(self, request):
        """What env.py has told Alembic."""
        answer = {}

        def look(heads, context):
            all_metadata = metadata_of(context)
            answer.update(
                has_metadata=bool(all_metadata),
                tables=[
                    [table.schema or "", table.name]
                    for metadata in all_metadata
                    for table in metadata.tables.values()
                ],
                types=[
                    [getattr(type_, "schema", None) or "", type_.name]
                    for type_ in named_types(all_metadata)
                ],
                sequences=[
                    [sequence.schema or "", sequence.name]
                    for metadata in all_metadata
                    for sequence in metadata._sequences.values()
                ],
                include_schemas=bool(context.opts.get("include_schemas")),
                version_table=[context.version_table_schema or "", context.version_table],
                has_filters=any(
                    context.opts.get(name) is not None for name in ("include_name", "include_object")
                ),
            )
            return []

        self.run(look, dont_mutate=True)
        return answer

    def create_all(self, request):
        """The models' tables, with the types that they leave to migrations."""

        def create(heads, context):
            with context.begin_transaction(_per_migration=True):
                all_metadata = metadata_of(context)
                for type_ in named_types(all_metadata):
                    if getattr(type_, "create_type", True) is False:
                        type_.create(context.connection, checkfirst=True)
                for metadata in all_metadata:
                    metadata.create_all(context.connection)
            return []

        self.run(create, dont_mutate=True)
        return {}

    def excluded(self, request):
        """What env.py's include_name and include_object leave out of the given tables."""
        found = []

        def look(heads, context):
            found.extend(Filters(context).excluded(request["tables"]))
            return []

        self.run(look, dont_mutate=True)
        return {"excluded": found}

    def make_revision(self, request):
        """Writes what the models have and the database lacks as a migration, unless that is
        nothing."""
        from alembic import command
        from alembic.script import ScriptDirectory

        def wrap(context, revision, directives):
            self.guard.check(context.connection)
            own = context.opts.get("process_revision_directives")

            def last(context, revision, directives):
                if own:
                    own(context, revision, directives)
                if all(ops.is_empty() for each in directives for ops in each.upgrade_ops_list):
                    directives[:] = []

            context.opts["process_revision_directives"] = last

        self.config.cmd_opts.autogenerate = True
        made = command.revision(
            self.config,
            message=request["message"],
            autogenerate=True,
            rev_id=request["id"] or None,
            process_revision_directives=wrap,
        )
        self.script = ScriptDirectory.from_config(self.config)
        made = made if isinstance(made, list) else [made]
        return {"made": [[each.revision, os.path.abspath(each.path)] for each in made if each]}

    def seed(self, request):
        """Runs a seed script and records it, in one transaction. Its failure is an answer."""
        self.revision_file = request["file"]
        try:
            run_seed(load_seed(request["file"]), request["revision"], self.dsn)
            return {}
        except BaseException as error:  # noqa: BLE001  (a script may do anything)
            return {"failed": failure_of(error, self)}
        finally:
            self.revision_file = None


def load_seed(path):
    """The function `seed` of the file, which is run as a module that nobody imports."""
    import importlib.util

    name = "gauger_seed_" + os.path.basename(path).partition(".")[0]
    specification = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(specification)
    writes_none = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    sys.modules[name] = module
    try:
        specification.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = writes_none
        del sys.modules[name]
    if not callable(getattr(module, "seed", None)):
        raise RuntimeError("it has no function seed(connection)")
    return module.seed


def seed_url(dsn, is_async):
    """SQLAlchemy's URL with a driver for such a seed: the project's own where that will do."""
    import sqlalchemy
    from sqlalchemy.engine import make_url

    is_new = not sqlalchemy.__version__.startswith("1.")
    usable = ["asyncpg", "psycopg"] if is_async else ["psycopg2", "psycopg", "pg8000", "asyncpg"]
    driver = driver_of(dsn).replace("psycopg_async", "psycopg")
    if driver not in usable:
        driver = next(
            (each for each in usable if importable(each) and (each != "psycopg" or is_new)), None
        )
    if driver is None:
        kind = "async def seed" if is_async else "seed"
        raise RuntimeError(f"{kind} needs one of the drivers {', '.join(usable)}: none is installed")
    url = make_url(dsn)
    if driver == "asyncpg" and url.drivername.partition("+")[2] != driver:
        # What is libpq's own goes; "sslmode" is "ssl" there.
        query = {name: value for name, value in url.query.items() if name in ("host", "port")}
        if "sslmode" in url.query:
            query["ssl"] = url.query["sslmode"]
        url = url.set(query=query)
    return url.set(drivername=f"postgresql+{driver}")


def run_seed(function, revision, dsn):
    """A plain seed runs on an async driver too: SQLAlchemy bridges that for it."""
    from sqlalchemy import create_engine, pool, text

    is_async = inspect.iscoroutinefunction(inspect.unwrap(function))
    url = seed_url(dsn, is_async)
    record = text("INSERT INTO seed_versions (revision) VALUES (:revision)")

    def check(transaction):
        if not transaction.is_active:
            raise RuntimeError(
                "it has ended its transaction by itself; it runs in one that is committed after it"
            )

    if not is_async and not url.drivername.endswith("+asyncpg"):
        with create_engine(url, poolclass=pool.NullPool).connect() as connection:
            transaction = connection.begin()
            function(connection)
            check(transaction)
            connection.execute(record, {"revision": revision})
            transaction.commit()
        return

    import asyncio

    from sqlalchemy.ext.asyncio import create_async_engine

    async def run():
        async with create_async_engine(url, poolclass=pool.NullPool).connect() as connection:
            transaction = await connection.begin()
            if is_async:
                await function(connection)
            else:
                await connection.run_sync(function)
            check(transaction)
            await connection.execute(record, {"revision": revision})
            await transaction.commit()

    asyncio.run(run())


def metadata_of(context):
    target = context.opts.get("target_metadata")
    if target is None:
        return []
    return list(target) if isinstance(target, (list, tuple)) else [target]


def named_types(all_metadata):
    """Enums and domains of the columns, those in arrays too."""
    found = []
    for metadata in all_metadata:
        for table in metadata.tables.values():
            for column in table.columns:
                type_ = column.type
                type_ = getattr(type_, "item_type", type_)
                native = getattr(type_, "native_enum", True) or hasattr(type_, "create_type")
                is_named = hasattr(type_, "enums") or hasattr(type_, "data_type")
                if is_named and native and getattr(type_, "name", None):
                    found.append(type_)
    return found


class Filters:
    """include_name and include_object, called as autogenerate calls them."""

    def __init__(self, context):
        from alembic.autogenerate.api import AutogenContext

        self.context = context
        self.autogenerate = AutogenContext(context)
        self.reflects = context.opts.get("include_object") is not None
        self.models = {
            (table.schema, table.name): table
            for metadata in metadata_of(context)
            for table in metadata.tables.values()
        }

    def excluded(self, tables):
        default = self.context.dialect.default_schema_name
        for given in tables:
            schema = None if given["schema"] == default else given["schema"]
            modelled = self.models.get((schema, given["name"]))
            if modelled is None:
                modelled = self.models.get((given["schema"], given["name"]))
            reflected = self._reflect(schema, given) if given["exists"] else None
            if not self._includes_table(schema, given["name"], modelled, reflected):
                yield ["table", given["schema"], given["name"], ""]
                continue
            for kind, name, columns in given["parts"]:
                pair = [part_of(table, kind, name, columns) for table in (modelled, reflected)]
                parents = {"schema_name": schema, "table_name": given["name"]}
                known = name if pair[0] is None else pair[0].name
                if not self._includes(kind, known, parents, *pair):
                    yield [kind, given["schema"], given["name"], name]

    def _reflect(self, schema, given):
        from sqlalchemy import MetaData, Table

        if not self.reflects:
            return None
        return Table(
            given["name"],
            MetaData(),
            schema=schema,
            autoload_with=self.context.connection,
            resolve_fks=False,
        )

    def _includes_table(self, schema, name, modelled, reflected):
        return self.autogenerate.run_name_filters(schema, "schema", {}) and self._includes(
            "table", name, {"schema_name": schema}, modelled, reflected
        )

    def _includes(self, kind, name, parents, modelled, reflected):
        if not self.autogenerate.run_name_filters(name, kind, parents):
            return False
        if modelled is not None:
            return self.autogenerate.run_object_filters(modelled, name, kind, False, reflected)
        if reflected is not None:
            return self.autogenerate.run_object_filters(reflected, name, kind, True, None)
        return True


def idleness(module, name):
    """Why a function of a revision does nothing; empty: it may do something."""
    function = getattr(module, name, None)
    if function is None:
        return "is missing"
    try:
        body = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0].body
    except (OSError, TypeError, SyntaxError, AttributeError):
        return ""
    acts = [
        statement
        for statement in body
        if not isinstance(statement, ast.Pass)
        and not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
    ]
    if not acts:
        return "is empty"
    return "raises" if isinstance(acts[0], ast.Raise) else ""


def part_of(table, kind, name, columns):
    """A constraint that the models have not named is known by its columns."""
    if table is None:
        return None
    if kind == "column":
        parts = table.columns
    elif kind == "index":
        parts = table.indexes
    else:
        parts = [part for part in table.constraints if part.__visit_name__ == kind]
    named = next((part for part in parts if part.name == name), None)
    if named is not None or not columns:
        return named
    return next(
        (
            part
            for part in parts
            if part.name is None and sorted(each.name for each in part.columns) == sorted(columns)
        ),
        None,
    )


def chain_of(error):
    seen = []
    while error is not None and error not in seen:
        seen.append(error)
        error = error.__cause__ or error.__context__
    return seen


def place_of(error, revision_file):
    """Where the project's own code was: in the revision's file, else the deepest that is not a
    package's."""
    if isinstance(error, SyntaxError) and error.filename:
        return error.filename, error.lineno or 0
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename == revision_file]
    if not own:
        own = [
            frame
            for frame in frames
            if os.path.isfile(frame.filename)
            and not any(part in frame.filename for part in ("site-packages", "dist-packages"))
            and not frame.filename.startswith(os.path.dirname(os.__file__))
        ]
    return (own[-1].filename, own[-1].lineno) if own else ("", 0)


def raised_by(error, file):
    """Whether a `raise` in the file made it."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and frames[-1].filename == file and frames[-1].line.startswith("raise")


def is_refusal(error):
    """Whether Alembic itself refuses what it was asked: no line of the project's is to blame."""
    alembic = sys.modules.get("alembic.util")  # not there where it cannot be imported
    return alembic is not None and type(error) is alembic.CommandError


def failure_of(error, session):
    refusal = is_refusal(error)
    if not refusal:
        traceback.print_exception(type(error), error, error.__traceback__)
    failure = {"message": f"{type(error).__name__}: {error}", "statement": "", "sqlstate": ""}
    if refusal:
        failure["message"] = f"Alembic: {error}"
    failure["refusal"] = refusal
    failure["type"] = type(error).__name__
    failure["raised"] = raised_by(error, session.revision_file if session else None)
    if isinstance(error, SystemExit):
        failure["message"] = f"it ended the process: {error}"
    for each in chain_of(error):
        original = getattr(each, "orig", None)
        if original is not None:
            diagnosis = getattr(original, "diag", None)
            message = getattr(diagnosis, "message_primary", None) or str(original)
            state = getattr(original, "sqlstate", None) or getattr(original, "pgcode", None)
            failure.update(
                message=message.strip(),
                statement=getattr(each, "statement", None) or "",
                sqlstate=state or "",
            )
            break
    revision_file = session.revision_file if session else None
    file, line = ("", 0) if refusal else place_of(error, revision_file)
    failure.update(file=file, line=line, revision=(session.revision if session else None) or "")
    return failure


def answer_to(request, session):
    """The answer, and the session, which the first request opens."""
    try:
        if request["call"] == "open":
            session = Session(request)
            import alembic
            import sqlalchemy

            answer = {
                "driver": session.driver,
                "alembic": alembic.__version__,
                "sqlalchemy": sqlalchemy.__version__,
            }
        else:
            answer = getattr(session, request["call"])(request)
    except BaseException as error:  # noqa: BLE001  (env.py may do anything, sys.exit() too)
        answer = {"failure": failure_of(error, session)}
    if session and session.guard.refused:
        answer = {"failure": {**answer.get("failure", {}), "message": session.guard.refused}}
        answer["failure"]["refused"] = True
    sys.stdout.flush()
    sys.stderr.flush()
    return answer, session


def import_early():
    """What the first request needs anyway, while Gauger still makes the database."""
    try:
        import alembic.command  # noqa: F401
        import sqlalchemy.dialects.postgresql  # noqa: F401
    except Exception:  # noqa: BLE001  (the first request fails of it, and says so)
        pass


channel = Channel()
import_early()
session = None
while True:
    answer, session = answer_to(channel.next(), session)
    channel.say({"answer": answer})
