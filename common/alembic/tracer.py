"""Tells Gauger of each statement of a migration: text, time, source line, what the server said of
it, and the session, so that Gauger can look at its locks from outside before anything else happens.

A part of driver.py, which CMake puts behind it. Nothing is asked of the server in the project's own
session but client_min_messages when it is opened and, in an open transaction, the names of the
tables when a migration begins: these are visible nowhere else.
"""

import re
import sys
import time


# Statements after which there are the same tables under the same names.
KEEPS_TABLES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|COMMENT|CREATE (UNIQUE )?INDEX"
    r"|ALTER TABLE [^\s;]+ (ADD|ALTER) (COLUMN|CONSTRAINT))\b[^;]*;?\s*\Z",
    re.IGNORECASE,
)


class Notices(list):
    """psycopg2's list of notices, of which it keeps the last 50. Gauger's own do not get there."""

    def __init__(self, link, kept):
        super().__init__(kept)
        self.link = link

    def append(self, text):
        level, separator, message = text.partition(":")
        if level.startswith("DEBUG"):
            self.link.heard.append(message.strip())
        else:
            super().append(text)


class Link:
    """What is particular to a driver's connection. `pid`: the server's process; None: not known."""

    def __init__(self, connection):
        self.connection = connection
        self.heard = []
        self.pid = None
        self.hears = False

    @staticmethod
    def of(connection):
        kind = type(connection).__module__.partition(".")[0]
        if kind == "psycopg2":
            return Psycopg2(connection)
        if kind == "psycopg":
            return Psycopg(connection)
        raw = getattr(connection, "_connection", None)
        if type(raw).__module__.startswith("asyncpg"):
            return Asyncpg(connection, raw)
        if type(raw).__module__.startswith("psycopg"):
            return Psycopg(raw)  # SQLAlchemy's adapter for async_engine
        return Link(connection)

    def is_in_transaction(self):
        """Whether the server is in one, sound or failed."""
        return True

    def commits_each(self):
        """Whether the next statement will run outside a transaction."""
        return False


class Psycopg2(Link):
    def __init__(self, connection):
        super().__init__(connection)
        self.pid = connection.get_backend_pid()
        # Any object with append() will do since 2.7.
        connection.notices = Notices(self, connection.notices)
        self.hears = True

    def is_in_transaction(self):
        return self.connection.get_transaction_status() != 0

    def commits_each(self):
        # After a COMMIT in a statement it still believes in a transaction, and begins none.
        began = self.connection.status == 2
        return not self.is_in_transaction() and (self.connection.autocommit or began)


class Psycopg(Link):
    def __init__(self, connection):
        super().__init__(connection)
        self.pid = connection.info.backend_pid
        connection.add_notice_handler(self.hear)
        self.hears = True

    def hear(self, diagnosis):
        if (diagnosis.severity_nonlocalized or "").startswith("DEBUG"):
            self.heard.append(diagnosis.message_primary)

    def is_in_transaction(self):
        return self.connection.info.transaction_status != 0

    def commits_each(self):
        return self.connection.autocommit and not self.is_in_transaction()


class Asyncpg(Link):
    def __init__(self, connection, raw):
        super().__init__(connection)
        self.raw = raw
        self.pid = raw.get_server_pid()
        raw.add_log_listener(self.hear)
        self.hears = True

    def hear(self, connection, message):
        if (message.severity_en or message.severity or "").startswith("DEBUG"):
            self.heard.append(message.message)

    def is_in_transaction(self):
        return self.raw.is_in_transaction()

    def commits_each(self):
        if self.is_in_transaction():
            return False
        began = getattr(self.connection, "_started", False)
        began = began or getattr(self.connection, "_transaction", None) is not None
        return began or self.connection.isolation_level == "autocommit"


class Tracer:
    """SQLAlchemy's cursor events, of all its connections."""

    def __init__(self, channel, tables_sql):
        self.channel = channel
        self.tables_sql = tables_sql
        self.mark = ""  # of the tables that Gauger knows from here
        self.kept = None  # by whom the tables were read, if they are the same still
        self.links = {}  # by the identity of the driver's connection, which each keeps alive
        self.revision_file = None  # of the migration that runs
        self.running = False
        self.began = {}
        self.owed = 0  # answers of Gauger's that nobody has waited for

    def install(self):
        from sqlalchemy import event
        from sqlalchemy.engine import Engine
        from sqlalchemy.pool import Pool

        event.listen(Pool, "connect", self.opened)
        event.listen(Pool, "close", self.closed)
        event.listen(Engine, "before_cursor_execute", self.before)
        event.listen(Engine, "after_cursor_execute", self.after)
        event.listen(Engine, "commit", self.settle)
        event.listen(Engine, "rollback", self.settle)

    def opened(self, connection, record):
        try:
            link = Link.of(connection)
        except Exception as error:  # noqa: BLE001  (a driver of another time has another shape)
            print(f"gauger: {type(connection).__name__} is not known: {error}", file=sys.stderr)
            link = Link(connection)
        self.links[id(connection)] = link
        if link.hears:
            cursor = connection.cursor()
            cursor.execute("SET client_min_messages = debug2")
            cursor.close()
            connection.commit()

    def closed(self, connection, record):
        self.links.pop(id(connection), None)

    def link_of(self, connection):
        return self.links.get(id(dbapi_connection(connection)))

    def tell(self, message):
        self.channel.say(message)
        self.owed += 1

    def settle(self, *ignored):
        """Waits until Gauger has looked: what comes next would change what it is to see."""
        while self.owed:
            self.channel.next()
            self.owed -= 1

    def forget(self):
        """Other runs may have been on the way meanwhile."""
        self.mark, self.kept = "", None

    def start(self, revision, revision_file, connection):
        """A migration begins. In an open transaction only this session sees its tables."""
        self.revision_file = revision_file
        self.running = True
        link = self.link_of(connection)
        reader = link if link and link.is_in_transaction() else self
        kept = self.kept is reader
        tables = None
        if reader is self:
            self.mark = ""
        elif not kept:
            self.mark, tables = self.read_tables(link)
        self.kept = reader if reader is self or self.mark else None
        self.tell(
            {
                "running": revision,
                "tables": tables,
                "kept": kept,
                "hears": bool(link and link.hears),
                "pid": link.pid if link and self.mark else None,
            }
        )

    def stop(self):
        self.running = False
        self.settle()

    def read_tables(self, link):
        cursor = link.connection.cursor()
        try:
            cursor.execute("SAVEPOINT gauger_tables")
            try:
                cursor.execute(self.tables_sql.replace("@mark@", self.mark))
                mark, tables = cursor.fetchone()
                return mark, tables if mark == self.mark else tables or "[]"
            except Exception:  # noqa: BLE001  (the project's transaction goes on)
                cursor.execute("ROLLBACK TO SAVEPOINT gauger_tables")
                return "", None
            finally:
                cursor.execute("RELEASE SAVEPOINT gauger_tables")
        except Exception:  # noqa: BLE001  (it has failed already)
            return "", None
        finally:
            cursor.close()

    def before(self, connection, cursor, statement, parameters, context, many):
        self.settle()
        if self.kept and not KEEPS_TABLES.match(statement):
            self.kept = None
        if not self.running:
            return
        link = self.link_of(connection)
        watched = bool(link and link.pid and link.commits_each())
        if watched:
            self.tell({"watch": link.pid})
            self.settle()
        if link:
            link.heard.clear()
        self.began[id(cursor)] = (watched, time.perf_counter())

    def after(self, connection, cursor, statement, parameters, context, many):
        now = time.perf_counter()
        watched, began = self.began.pop(id(cursor), (False, None))
        if began is None or not self.running:
            return
        link = self.link_of(connection)
        file, line = self.place()
        self.tell(
            {
                "statement": statement,
                "seconds": now - began,
                "file": file,
                "line": line,
                "rows": getattr(cursor, "rowcount", -1),
                "pid": link.pid if link else None,
                "watched": watched,
                "heard": list(link.heard) if link else [],
            }
        )

    def place(self):
        """The deepest line of the revision's own file on the way here."""
        frame = sys._getframe(2)
        while frame is not None:
            if frame.f_code.co_filename == self.revision_file:
                return self.revision_file, frame.f_lineno
            frame = frame.f_back
        return self.revision_file or "", 0


def dbapi_connection(connection):
    """The driver's own, or SQLAlchemy's adapter for one that is asynchronous."""
    proxied = connection.connection
    found = getattr(proxied, "dbapi_connection", None)  # SQLAlchemy 1.4.24 and newer
    return found if found is not None else proxied.connection


