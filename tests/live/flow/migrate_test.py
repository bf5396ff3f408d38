#!/usr/bin/env python3
"""migrate on a project's own database: what it runs, and who waits for whom."""

import json
import pathlib
import signal
import sys
import time
import unittest

from flow_project import LOCK, Courses, Server

SLEEP = '    op.execute("SELECT pg_sleep(2)")'
CONCURRENTLY = """    with op.get_context().autocommit_block():
        op.execute("SELECT pg_sleep(1.5)")
        op.execute("CREATE INDEX CONCURRENTLY ix_users_created_at ON users (created_at)")"""
FAILING = '    op.execute("ALTER TABLE nowhere ADD COLUMN a integer")'

ENV = """
import os
from alembic import context
from sqlalchemy import create_engine, make_url
from app.schema import Base

target_metadata = Base.metadata
engine = create_engine(make_url(os.environ["DYLEN_PG_DSN"]).set(drivername="postgresql+psycopg"))

"""
README = pathlib.Path(__file__).resolve().parents[3] / "tools" / "migrate" / "README.md"
ALEMBIC = pathlib.Path(sys.prefix) / "bin" / "alembic"


def wait_until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it did not happen in time")
        time.sleep(0.05)


class MigrateTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)

    def holds_lock(self, project):
        return project.values(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = "
            "(SELECT oid FROM pg_database WHERE datname = current_database())"
        ) == [1]

    def test_up_and_down(self):
        project = Courses(self, self.server)
        done = project.run("migrate", "--format", "json")
        self.assertEqual(done.returncode, 0, done.all)
        summary = json.loads(done.stdout_text)["summary"]
        self.assertEqual(summary["before"], [])
        self.assertEqual(summary["after"], ["9d60b7e5a2c3"])
        self.assertEqual(summary["revisions"], ["3b1f7a9c50d2", "c84e02d6f1a7", "9d60b7e5a2c3"])
        self.assertIn("stands at nothing: upgrade to head", done.stderr_text)
        self.assertEqual(project.current(), ["9d60b7e5a2c3"])
        done = project.run("migrate", "--downgrade=-1")
        self.assertEqual(done.returncode, 0, done.all)
        self.assertEqual(project.current(), ["c84e02d6f1a7"])
        done = project.run("migrate", "--to", "+1")
        self.assertEqual(project.current(), ["9d60b7e5a2c3"], done.all)

    def test_seeds_of_what_is_undone(self):
        project = Courses(self, self.server)
        self.assertEqual(project.run("migrate").returncode, 0)
        done = project.run("run-seeds", "--format", "json")
        seeded = json.loads(done.stdout_text)["summary"]["run"]
        self.assertGreater(len(seeded), 0, done.all)
        done = project.run("migrate", "--downgrade", "base")
        self.assertIn(
            f"seeds to run again after an upgrade: {', '.join(reversed(seeded))}", done.stderr_text
        )
        self.assertEqual(project.values("SELECT revision FROM seed_versions"), [])
        self.assertEqual(project.run("migrate").returncode, 0)
        done = project.run("run-seeds", "--format", "json")
        self.assertEqual(json.loads(done.stdout_text)["summary"]["run"], seeded, done.all)

    def test_failures(self):
        project = Courses(self, self.server)
        project.add_revision("broken", "9d60b7e5a2c3", FAILING)
        done = project.run("migrate")
        self.assertEqual(done.returncode, 2)
        self.assertIn("revision 'broken'", done.stderr_text)
        self.assertIn('relation "nowhere" does not exist', done.stderr_text)
        self.assertIn("-broken.py:18", done.stderr_text)
        self.assertEqual(project.current(), ["9d60b7e5a2c3"])
        with project.connect() as connection:
            connection.execute("UPDATE alembic_version SET version_num = 'elsewhere'")
        done = project.run("migrate")
        self.assertEqual(done.returncode, 2)
        self.assertIn("stands at 'elsewhere'", done.stderr_text)
        done = project.run("migrate", DYLEN_PG_DSN="")
        self.assertEqual(done.returncode, 2)
        self.assertIn("DYLEN_PG_DSN is not set", done.stderr_text)

    def test_target_that_lies_behind(self):
        project = Courses(self, self.server)
        self.assertEqual(project.run("migrate").returncode, 0)
        done = project.run("migrate", "--to", "c84e02d6f1a7")
        self.assertEqual(done.returncode, 2, done.all)
        self.assertIn("is past c84e02d6f1a7", done.stderr_text)
        self.assertEqual(project.run("migrate", "--to", "9d60b7e5a2c3").returncode, 0)

    def test_what_alembic_refuses(self):
        """No line of the project's is to blame."""
        project = Courses(self, self.server)
        done = project.run("migrate", "--to", "nope")
        self.assertEqual(done.returncode, 2, done.all)
        self.assertIn("error: Alembic: Can't locate revision identified by 'nope'",
                      done.stderr_text)
        self.assertNotIn("env.py", done.stderr_text)

    def test_statement_that_is_given_up(self):
        """It has ended before anybody else may migrate."""
        project = Courses(self, self.server)
        self.assertEqual(project.run("migrate").returncode, 0)
        project.add_revision("slow", "9d60b7e5a2c3", CONCURRENTLY.replace("1.5", "60"))
        began = time.monotonic()
        done = project.run("migrate", "--timeout", "3")
        self.assertLess(time.monotonic() - began, 30)
        self.assertEqual(done.returncode, 2, done.all)
        self.assertIn("revision 'slow': the project's Python", done.stderr_text)
        self.assertIn("has not answered for 3 s", done.stderr_text)
        self.assertEqual(
            project.values(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()"
            ),
            [0],
        )

    def test_lock_timeout(self):
        project = Courses(self, self.server)
        with project.connect() as connection:
            connection.execute("SET application_name = 'the other'")
            connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            done = project.run("migrate", "--lock-timeout", "1")
        self.assertEqual(done.returncode, 2)
        self.assertIn("waiting for another migrator: 'the other'", done.stderr_text)
        self.assertIn("another migrator holds the lock: 'the other'", done.stderr_text)
        self.assertEqual(project.values("SELECT to_regclass('users')"), [None])

    def test_race(self):
        """Two at once, and an index that is built concurrently in the first: it would wait for a
        snapshot of the second."""
        project = Courses(self, self.server)
        project.add_revision("concurrent", "9d60b7e5a2c3", CONCURRENTLY)
        processes = [project.start("migrate") for _ in range(2)]
        began = time.monotonic()
        answers = [process.communicate(timeout=60) for process in processes]
        self.assertLess(time.monotonic() - began, 30)
        for process, (out, err) in zip(processes, answers):
            self.assertEqual(process.returncode, 0, out + err)
        self.assertEqual(
            sorted(int(out.split(" revision")[0].split()[-1]) for out, _ in answers), [0, 4]
        )
        waited = next(err for out, err in answers if " 0 revisions" in out)
        self.assertIn("waiting for another migrator: 'gauger migrate on", waited)
        self.assertEqual(
            project.values(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_users_created_at'::regclass"
            ),
            [True],
        )

    def test_lines_for_env_py(self):
        """What the README gives for a plain `alembic upgrade` takes the same lock."""
        project = Courses(self, self.server)
        lines = README.read_text().split("```python\n")[1].split("```")[0]
        (project.folder / "migrations" / "env.py").write_text(ENV + lines)
        with project.connect() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            plain = project.start(ALEMBIC, "upgrade", "head")
            time.sleep(2)
            self.assertIsNone(plain.poll())
            self.assertEqual(project.values("SELECT to_regclass('users')"), [None])
        self.assertEqual(plain.wait(20), 0, plain.communicate())
        plain.communicate()
        self.assertEqual(project.current(), ["9d60b7e5a2c3"])
        done = project.run("migrate", "--downgrade", "base")
        self.assertEqual(done.returncode, 0, done.all)

    def test_killed(self):
        for how in (signal.SIGKILL, signal.SIGINT):
            with self.subTest(how):
                project = Courses(self, self.server)
                project.add_revision("slow", "9d60b7e5a2c3", SLEEP)
                process = project.start("migrate")
                wait_until(lambda: self.holds_lock(project) and project.values(
                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%%pg_sleep(2)%%'"
                    " AND pid <> pg_backend_pid() AND datname = current_database()") == [1])
                process.send_signal(how)
                process.communicate(timeout=20)
                self.assertEqual(process.returncode, -how)
                done = project.run("migrate", "--lock-timeout", "5")
                self.assertEqual(done.returncode, 0, done.all)
                self.assertEqual(project.current(), ["slow"])


if __name__ == "__main__":
    unittest.main()
