#!/usr/bin/env python3
"""The live tools when something goes wrong: the right exit status, a clear message, and nothing left behind."""

import contextlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import uuid

import psycopg

from smoke_project import STOREFRONT, USERS, Project, command, environment, other_server

MARK = "GAUGER_TEST_MARK"
# What PostgreSQL says of a disk that is full; up to 12 also of a part of a page that it has written.
FULL = "No space left on device|Check free disk space|could not extend file"


def processes_of(mark):
    """Those that have it in their environment: smoke and all that it has started."""
    found = []
    for folder in pathlib.Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if folder.name.isdigit() and mark.encode() in (folder / "environ").read_bytes():
                found.append(f"{folder.name} {(folder / 'cmdline').read_text()[:60]}")
    return found


FILL = (
    "op.execute('CREATE {0}TABLE filling AS SELECT repeat(md5(n::text), 60) AS t"
    " FROM generate_series(1, 500000) n')"
)


def seeded(project):
    """With something for drift and seed-data-check to look for."""
    env = project.folder / "migrations" / "env.py"
    env.write_text(
        env.read_text().replace("target_metadata=None", "target_metadata=sqlalchemy.MetaData()")
        .replace("import os", "import os, sqlalchemy")
    )
    project.write(
        "gauger.toml",
        "[[seed-data]]\ntable = 'users'\nkey = 'id'\nrequired = [{ id = 1 }]\n",
    )
    return project


class FaultsTest(unittest.TestCase):
    def setUp(self):
        self.mark = uuid.uuid4().hex
        self.temporary = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.temporary, ignore_errors=True)
        self.temporary.chmod(0o1777)  # for the server's own user

    def start(self, folder, *arguments, tool="smoke", before=()):
        """`before`: a command that runs it."""
        variables = {MARK: self.mark, "TMPDIR": str(self.temporary)}
        return subprocess.Popen(
            [*before, *command(folder, *arguments, tool=tool)],
            cwd=folder,
            env=environment(**variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run_smoke(self, project, *arguments, **options):
        """Exit status, stdout, stderr; nothing is left."""
        program = self.start(project.folder, *arguments, **options)
        out, err = program.communicate(timeout=60)
        self.check_nothing_left()
        return program.returncode, out, err

    def check_nothing_left(self, dsn=None):
        until = time.monotonic() + 10
        while (left := processes_of(self.mark)) and time.monotonic() < until:
            time.sleep(0.05)
        self.assertEqual(left, [])
        self.assertEqual(list(self.temporary.iterdir()), [])
        if dsn:
            with psycopg.connect(dsn) as connection:
                rows = connection.execute(
                    "SELECT datname FROM pg_database WHERE datname LIKE 'gauger%'"
                )
                self.assertEqual(rows.fetchall(), [])

    def test_a_migration_that_hangs(self):
        project = Project(self, [USERS, "op.execute('SELECT pg_sleep(600)')"])
        status, out, _ = self.run_smoke(project, "--timeout", "3", "--format", "json")
        self.assertEqual(status, 1)
        failed = json.loads(out)["summary"]["runs"][0]["failed"]
        self.assertEqual(failed["revision"], "r2")
        self.assertIn("has not answered for 3 s", failed["message"])
        self.assertEqual(failed["statement"], "SELECT pg_sleep(600)")

        # Of its own other session, which it waits for.
        other = (
            "import os\n"
            "with sa.create_engine(os.environ['DATABASE_URL']).begin() as other:\n"
            "    other.execute(sa.text('LOCK users'))\n"
            "    op.execute('ALTER TABLE users ADD a int')"
        )
        project = Project(self, [USERS, other], options="{'transaction_per_migration': True}")
        status, out, _ = self.run_smoke(project, "--timeout", "3")
        self.assertEqual(status, 1)
        self.assertIn("its session waits for a lock", out)
        self.assertIn("ALTER TABLE users ADD a int", out)

        outside = "with op.get_context().autocommit_block():\n    op.execute('SELECT pg_sleep(600)')"
        status, out, _ = self.run_smoke(Project(self, [USERS, outside]), "--timeout", "3")
        self.assertEqual(status, 1)
        self.assertIn("does not answer", out)

    def test_no_time_at_all(self):
        for seconds in ("0", "-1"):
            for tool in ("smoke", "drift", "seed-data-check"):
                with self.subTest(tool=tool, seconds=seconds):
                    project = seeded(Project(self, [USERS]))
                    status, out, err = self.run_smoke(project, f"--timeout={seconds}", tool=tool)
                    self.assertEqual(status, 2, out + err)
                    self.assertIn(f"--timeout is a number of seconds from 1, not {seconds}", err)

    def test_a_migration_that_ends_python(self):
        status, out, _ = self.run_smoke(Project(self, [USERS, "import os\nos._exit(3)"]))
        self.assertEqual(status, 1)
        self.assertIn("upgrade of 'r2' fails", out)
        self.assertIn("has ended", out)
        status, out, _ = self.run_smoke(Project(self, [USERS, "import sys\nsys.exit(0)"]))
        self.assertEqual(status, 1)
        self.assertIn("it ended the process: 0", out)

    def test_a_failure_in_the_middle(self):
        for statement in ("SELECT 1 / 0", "COMMIT; SELECT 1 / 0"):
            with self.subTest(statement=statement):
                project = Project(self, [USERS, f"op.execute({statement!r})", "pass"])
                status, out, _ = self.run_smoke(project)
                self.assertEqual(status, 1)
                self.assertIn("division by zero (SQLSTATE 22012)", out)

    def test_a_connection_of_its_own(self):
        # Past SQLAlchemy, and in a thread of its own.
        raw = (
            "import os, threading, psycopg2\n"
            "def work():\n"
            "    url = os.environ['DATABASE_URL'].replace('+psycopg2', '').replace('+psycopg', '')\n"
            "    with psycopg2.connect(url) as other:\n"
            "        other.cursor().execute('CREATE TABLE raw (id int)')\n"
            "thread = threading.Thread(target=work)\n"
            "thread.start()\n"
            "thread.join()\n"
            "op.execute('DROP TABLE raw')"
        )
        options = "{'transaction_per_migration': True}"
        status, out, err = self.run_smoke(Project(self, [USERS, raw], options=options))
        self.assertEqual(status, 0, out + err)

    def test_the_server_is_killed(self):
        kill = (
            "import os, signal\n"
            "folder = op.get_bind().execute(sa.text('SHOW data_directory')).scalar()\n"
            "pid = int(open(folder + '/postmaster.pid').readline())\n"
            "os.kill(pid, signal.SIGQUIT)\n"
            "op.execute('SELECT pg_sleep(5)')\n"
            "op.execute('SELECT pg_sleep(5)')"
        )
        status, out, err = self.run_smoke(Project(self, [USERS, kill]))
        self.assertEqual(status, 2, out + err)
        self.assertIn("the server is gone", err)

    def test_connections_are_cut(self):
        cut = "op.execute('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {0}')"
        # Its own: that is the migration's doing.
        own = Project(self, [USERS, cut.format("pid = pg_backend_pid()")])
        with other_server() as dsn:
            program = self.start(own.folder, "--dsn", dsn, "--format", "json")
            out, err = program.communicate()
            self.assertEqual(program.returncode, 1, out + err)
            self.assertEqual([each["rule"] for each in json.loads(out)["findings"]],
                             ["migration-fails"])
            self.check_nothing_left(dsn)
            # All others: smoke's own, and the one that is there to drop the database.
            others = "pid <> pg_backend_pid() AND backend_type = ''client backend''"
            all_ = Project(self, [USERS, cut.format(others.replace("''", "\\'")) + "\n1 / 0"])
            program = self.start(all_.folder, "--dsn", dsn)
            out, err = program.communicate()
            self.assertEqual(program.returncode, 2, out + err)
            self.check_nothing_left(dsn)

    def on_a_disk_of(self, size):
        """A command that runs another with a small file system as its temporary folder, in a mount
        namespace of its own: it is gone with the last process."""
        space = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-current-user"])]
        mount = f'mount -t tmpfs -o size={size},mode=1777 none "$TMPDIR" && exec "$0" "$@"'
        return [*space, "sh", "-c", mount]

    def test_the_disk_is_full(self):
        # While initdb writes; while a migration does; and where the server ends by itself, since it
        # cannot write its log.
        for size, kind, expected in (
            ("20m", "", "initdb has failed"),
            ("100m", "UNLOGGED ", "the server has run out of what it needs: could not extend file"),
            ("100m", "", "the server (is gone|has run out of what it needs)"),
        ):
            with self.subTest(size=size, kind=kind):
                project = Project(self, [USERS, FILL.format(kind)])
                before = self.on_a_disk_of(size)
                status, out, err = self.run_smoke(project, before=before)
                self.assertEqual(status, 2, out + err)
                self.assertRegex(err, expected)
                self.assertRegex(err, FULL)
        project = seeded(Project(self, [USERS, FILL.format("UNLOGGED ")]))
        for tool in ("drift", "seed-data-check"):
            with self.subTest(tool=tool):
                before = self.on_a_disk_of("100m")
                status, out, err = self.run_smoke(project, before=before, tool=tool)
                self.assertEqual(status, 2, out + err)
                self.assertRegex(err, FULL)
        # While a seed script writes.
        for kind in ("UNLOGGED ", ""):
            with self.subTest(seed=kind):
                project = seeded(Project(self, [USERS]))
                fill = FILL.format(kind).removeprefix("op.execute('").removesuffix("')")
                project.write(
                    "scripts/seeds/r1.py",
                    "from sqlalchemy import text\n\n\ndef seed(connection):\n"
                    f'    connection.execute(text("{fill}"))\n',
                )
                before = self.on_a_disk_of("100m")
                status, out, err = self.run_smoke(project, before=before, tool="seed-data-check")
                self.assertEqual(status, 2, out + err)
                self.assertRegex(err, f"{FULL}|the server is gone")

    def test_what_a_migration_leaves_set(self):
        # search_path and role are the session's, which Alembic goes on to use.
        options = "{'transaction_per_migration': True}"
        for statement, status, message in (
            ("CREATE SCHEMA app; SET search_path = app", 1, '"alembic_version" does not exist'),
            (
                "CREATE ROLE gauger_weak; SET ROLE gauger_weak",
                1,
                "permission denied for table alembic_version",
            ),
            ("CREATE SCHEMA app; SET search_path = app, public", 0, "2 upgrades"),
        ):
            with self.subTest(statement=statement):
                project = Project(self, [USERS, f"op.execute({statement!r})"], options=options)
                found, out, err = self.run_smoke(project)
                self.assertEqual(found, status, out + err)
                self.assertIn(message, out)

    def test_a_commit(self):
        for commit in ("op.execute('COMMIT')", "op.get_bind().commit()"):
            for options in ("{}", "{'transaction_per_migration': True}"):
                with self.subTest(commit=commit, options=options):
                    more = "op.execute('ALTER TABLE users ADD a int')"
                    project = Project(
                        self, [USERS, f"{commit}\n{more}", more.replace(" a ", " b ")], options
                    )
                    status, out, err = self.run_smoke(project)
                    self.assertEqual(status, 0, out + err)
                    self.assertIn("3 upgrades", out)

    def test_an_env_that_goes_elsewhere(self):
        with other_server() as dsn:
            with psycopg.connect(dsn, autocommit=True) as connection:
                connection.execute("CREATE DATABASE shop")
            shop = dsn.replace("/postgres?", "/shop?")
            plain = seeded(Project(self, [USERS]))
            env = (plain.folder / "migrations" / "env.py").read_text()
            fixed = env.replace('os.environ["DATABASE_URL"]', repr(shop.replace("ql:", "ql+psycopg:")))
            self.assertNotEqual(env, fixed)
            plain.write("migrations/env.py", fixed)
            for tool in ("smoke", "drift", "seed-data-check"):
                with self.subTest(tool=tool):
                    before = self.state(shop)
                    status, out, err = self.run_smoke(plain, tool=tool)
                    self.assertEqual(status, 2, out + err)
                    self.assertIn("the project's code connects to the database 'shop', not to", err)
                    # No transaction of that server has written anything meanwhile.
                    self.assertEqual(self.state(shop), before)
                    status, out, err = self.run_smoke(plain, "--dsn", dsn, tool=tool)
                    self.assertEqual(status, 2, out + err)
                    self.assertEqual(self.state(shop)[1:], before[1:])
                    self.check_nothing_left(dsn)

    def state(self, dsn):
        """The server's next transaction that writes, and what is in the database."""
        with psycopg.connect(dsn) as connection:
            return connection.execute(
                "SELECT txid_snapshot_xmax(txid_current_snapshot()),"
                " (SELECT array_agg(oid ORDER BY oid) FROM pg_class WHERE oid >= 16384)"
            ).fetchone()

    def interrupt(self, signal_, seconds, tool, *arguments):
        program = self.start(STOREFRONT, *arguments, tool=tool)
        time.sleep(seconds)
        os.killpg(program.pid, signal_)  # as a terminal does
        program.communicate(timeout=60)
        # It may have been done.
        self.assertIn(program.returncode, (0, -signal_))
        return program.returncode

    def test_interrupted(self):
        moments = random.Random()
        seed = moments.randrange(10**6)
        moments.seed(seed)
        tools = [("smoke", "--mode", "both"), ("drift",), ("seed-data-check",)]
        stopped = 0
        with other_server() as dsn:
            for number in range(24):
                place = ["--dsn", dsn] if number % 2 else []
                signal_ = signal.SIGTERM if number % 6 == 5 else signal.SIGINT
                seconds = moments.uniform(0.02, 2)
                tool = tools[number // 2 % 3]
                with self.subTest(seed=seed, seconds=seconds, tool=tool, place=place):
                    stopped += self.interrupt(signal_, seconds, *tool, *place) != 0
                    self.check_nothing_left(dsn)
            # Nobody to clean up: the process that holds the database does.
            for tool in tools:
                self.interrupt(signal.SIGKILL, 0.7, *tool, "--dsn", dsn)
                time.sleep(0.5)
                self.check_nothing_left(dsn)
        self.assertGreater(stopped, 8)


if __name__ == "__main__":
    unittest.main()
