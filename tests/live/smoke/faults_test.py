#!/usr/bin/env python3
"""smoke when something goes wrong: the right exit status, a clear message, and nothing left behind."""

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
import urllib.parse
import uuid

import psycopg

from smoke_project import BIN, STOREFRONT, USERS, Project, command, environment, findings

MARK = "GAUGER_TEST_MARK"


@contextlib.contextmanager
def other_server():
    """A server that is not smoke's own; its DSN."""
    program = subprocess.Popen(
        [BIN.parent / "live" / "live_program", "server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        folder = urllib.parse.quote(program.stdout.readline().strip(), safe="")
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        program.stdin.close()
        program.wait()
        program.stdout.close()


def processes_of(mark):
    """Those that have it in their environment: smoke and all that it has started."""
    found = []
    for folder in pathlib.Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if folder.name.isdigit() and mark.encode() in (folder / "environ").read_bytes():
                found.append(f"{folder.name} {(folder / 'cmdline').read_text()[:60]}")
    return found


class FaultsTest(unittest.TestCase):
    def setUp(self):
        self.mark = uuid.uuid4().hex
        self.temporary = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.temporary, ignore_errors=True)
        self.temporary.chmod(0o1777)  # for the server's own user

    def start(self, folder, *arguments):
        variables = {MARK: self.mark, "TMPDIR": str(self.temporary)}
        return subprocess.Popen(
            command(folder, *arguments),
            cwd=folder,
            env=environment(**variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run_smoke(self, project, *arguments):
        """Exit status, stdout, stderr; nothing is left."""
        program = self.start(project.folder, *arguments)
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
        self.assertIn("does not answer", failed["message"])
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

    def interrupt(self, signal_, seconds, *arguments):
        program = self.start(STOREFRONT, "--mode", "both", *arguments)
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
        stopped = 0
        with other_server() as dsn:
            for number in range(10):
                place = ["--dsn", dsn] if number % 2 else []
                signal_ = signal.SIGTERM if number % 5 == 4 else signal.SIGINT
                seconds = moments.uniform(0.02, 1.2)
                with self.subTest(seed=seed, seconds=seconds, place=place):
                    stopped += self.interrupt(signal_, seconds, *place) != 0
                    self.check_nothing_left(dsn)
            # Nobody to clean up: the process that holds the database does.
            self.interrupt(signal.SIGKILL, 0.7, "--dsn", dsn)
            time.sleep(0.5)
            self.check_nothing_left(dsn)
        self.assertGreater(stopped, 3)


if __name__ == "__main__":
    unittest.main()
