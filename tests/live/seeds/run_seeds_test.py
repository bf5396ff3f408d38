#!/usr/bin/env python3
"""run-seeds on a database of a project: what it runs, records, rolls back, and waits for."""

import signal
import time
import unittest

from seed_project import ASYNC_SEED, PLAIN_SEED, Project, Server, held_lock, report

FAILING = """
from sqlalchemy import text


def seed(connection):
    connection.execute(text("INSERT INTO states (label) VALUES ('half')"))
    connection.execute(text("INSERT INTO nowhere VALUES (1)"))
"""

SLOW = """
from sqlalchemy import text


def seed(connection):
    connection.execute(text("INSERT INTO states (label) VALUES ('half')"))
    connection.execute(text("SELECT pg_sleep(60)"))
"""


class RunSeedsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)

    def project(self, **options):
        project = Project(self, self.server, **options)
        project.migrate()
        return project

    def test_each_once_in_the_order_of_the_history(self):
        project = self.project(
            seeds={
                "b2.py": PLAIN_SEED.replace("'new'", "(SELECT min(name) FROM roles)"),
                "a1.py": ASYNC_SEED,
                "_shared.py": "raise RuntimeError\n",
            }
        )
        done = project.run("run-seeds")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("2 run, 0 recorded before", done.stdout)
        self.assertEqual(done.stderr, "run-seeds: seed a1\nrun-seeds: seed b2\n")
        self.assertEqual(project.values("SELECT name FROM roles ORDER BY 1"), ["admin", "user"])
        self.assertEqual(project.values("SELECT label FROM states"), ["admin"])
        self.assertEqual(project.recorded(), ["a1", "b2"])
        self.assertFalse(list(project.folder.rglob("__pycache__")))
        project.values("DELETE FROM roles RETURNING 1")
        done = project.run("run-seeds", "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        summary = report(done)["summary"]
        self.assertEqual((summary["run"], summary["recorded_before"]), ([], ["a1", "b2"]))
        self.assertEqual(project.values("SELECT count(*) FROM roles"), [0])

    def test_drivers(self):
        for driver in ("+psycopg2", "+psycopg", "+asyncpg", ""):
            with self.subTest(driver):
                project = self.project()
                dsn = self.server.dsn(project.database, driver)
                done = project.run("run-seeds", GAUGER_PG_DSN=dsn)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                self.assertEqual(project.recorded(), ["a1", "b2"])
                self.assertEqual(project.values("SELECT count(*) FROM roles"), [2])

    def test_dsn_in_keywords(self):
        project = self.project()
        dsn = f"host={self.server.folder} user=postgres dbname={project.database}"
        del project.environment["GAUGER_PG_DSN"]
        done = project.run("run-seeds", "--dsn", dsn)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(project.recorded(), ["a1", "b2"])

    def test_failure_rolls_back_that_seed_alone(self):
        project = self.project(seeds={"a1.py": ASYNC_SEED, "b2.py": FAILING})
        done = project.run("run-seeds", "--format", "json")
        self.assertEqual(done.returncode, 1, done.stderr)
        (finding,) = report(done)["findings"]
        self.assertEqual(finding["rule"], "seed-failed")
        self.assertIn('relation "nowhere" does not exist', finding["message"])
        self.assertIn("INSERT INTO nowhere", finding["help"])
        self.assertEqual((finding["path"], finding["line"]), ("scripts/seeds/b2.py", 7))
        self.assertEqual(project.recorded(), ["a1"])
        self.assertEqual(project.values("SELECT count(*) FROM states"), [0])

        project = self.project(seeds={"a1.py": FAILING, "b2.py": PLAIN_SEED})
        done = project.run("run-seeds")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("error[seed-failed]: seed script 'a1' failed", done.stdout)
        self.assertIn("0 run, 0 recorded before, 2 not run", done.stdout)
        self.assertEqual(project.recorded(), [])

    def test_what_a_script_commits_stays(self):
        committing = FAILING.replace("INSERT INTO nowhere VALUES (1)", "SELECT 1")
        project = self.project(seeds={"a1.py": committing + "    connection.commit()\n"})
        done = project.run("run-seeds")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("what it has committed itself stays", done.stdout)
        self.assertNotIn("rolled back", done.stdout)

    def test_server_without_room(self):
        """Which says nothing of the script: nothing was checked."""
        full = "DO $$ BEGIN RAISE 'no space left' USING ERRCODE = 'disk_full'; END $$"
        failing = FAILING.replace("INSERT INTO nowhere VALUES (1)", full)
        project = self.project(seeds={"a1.py": ASYNC_SEED, "b2.py": failing})
        done = project.run("run-seeds")
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertIn("seed script 'b2': the server has run out of what it needs: no space left",
                      done.stderr)
        self.assertEqual(project.recorded(), ["a1"])
        self.assertEqual(project.values("SELECT count(*) FROM states"), [0])

    def test_scripts_that_are_none(self):
        for text, message in (
            ("x = 1\n", "it has no function seed(connection)"),
            ("def seed(connection:\n", None),
            ("raise SystemExit(0)\n", "it ended the process: 0"),
            (
                "async def seed(connection):\n    await connection.commit()\n",
                "it has ended its transaction by itself",
            ),
            ("def seed(connection):\n    connection.commit()\n", "it has ended its transaction"),
        ):
            with self.subTest(text):
                project = self.project(seeds={"a1.py": text})
                done = project.run("run-seeds")
                self.assertEqual(done.returncode, 1 if message else 2, done.stdout + done.stderr)
                self.assertIn(message or "scripts/seeds/a1.py:1", done.stdout + done.stderr)

    def test_stubs_and_scripts_of_no_revision(self):
        stub = 'async def seed(connection):\n    """Rows of a1."""\n'
        project = self.project(seeds={"a1.py": stub, "b3.py": PLAIN_SEED})
        done = project.run("run-seeds")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("error[seed-without-revision]: no revision has the id 'b3'", done.stdout)
        self.assertIn("did you mean b2.py?", done.stdout)
        self.assertIn("1 with nothing in it yet", done.stdout)
        self.assertEqual(project.recorded(), [])

    def test_nothing_to_run(self):
        done = self.project(seeds={}).run("run-seeds")
        self.assertEqual(done.returncode, 0)
        self.assertIn("not configured", done.stdout)

    def test_only_at_head(self):
        project = Project(self, self.server)
        for current, said in ((None, "at no revision"), ("a1", "at 'a1'")):
            if current:
                project.migrate(current)
            done = project.run("run-seeds")
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"the database is {said}, not at the head b2", done.stderr)
        project.migrate()
        project.values("UPDATE alembic_version SET version_num = 'zz' RETURNING 1")
        done = project.run("run-seeds")
        self.assertEqual(done.returncode, 2)

    def test_another_migrator(self):
        project = self.project()
        with held_lock(project):
            done = project.run("run-seeds", "--lock-timeout", "0")
            self.assertEqual(done.returncode, 2)
            self.assertIn("another migrator holds the lock: 'the other', user postgres", done.stderr)
            waiting = project.start("run-seeds", "--lock-timeout", "60")
            self.assertIn("waiting for another migrator: 'the other'", waiting.stderr.readline())
        waiting.communicate()
        self.assertEqual(waiting.returncode, 0)
        self.assertEqual(project.recorded(), ["a1", "b2"])
        self.assertEqual(project.run("run-seeds", "--lock-timeout", "soon").returncode, 2)

    def test_two_at_once(self):
        project = self.project()
        runs = [project.start("run-seeds", "--format", "json") for _ in range(2)]
        outputs = [run.communicate()[0] for run in runs]
        self.assertEqual([run.returncode for run in runs], [0, 0])
        self.assertEqual(project.recorded(), ["a1", "b2"])
        self.assertEqual(project.values("SELECT count(*) FROM states"), [1])
        self.assertEqual(sorted('"run": []' in output for output in outputs), [False, True])

    def wait_for(self, condition):
        for _ in range(200):
            if condition():
                return
            time.sleep(0.05)
        self.fail("it did not happen")

    SLEEPERS = (
        "SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%'"
        " AND pid <> pg_backend_pid() AND datname = current_database()"
    )

    def test_lock_lost(self):
        project = self.project(seeds={"a1.py": ASYNC_SEED, "b2.py": SLOW})
        run = project.start("run-seeds")
        self.wait_for(lambda: project.values(self.SLEEPERS))
        project.values(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name LIKE 'gauger run-seeds on %' AND datname = current_database()"
        )
        _, stderr = run.communicate(timeout=20)
        self.assertEqual(run.returncode, 2)
        self.assertIn("the lock against other migrators is lost", stderr)
        self.assertEqual(project.recorded(), ["a1"])
        project.values("SELECT pg_terminate_backend(pid) FROM (%s) s" % self.SLEEPERS)

    def test_interrupted(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            with self.subTest(number):
                project = self.project(seeds={"a1.py": ASYNC_SEED, "b2.py": SLOW})
                run = project.start("run-seeds")
                self.wait_for(lambda: project.values(self.SLEEPERS))
                run.send_signal(number)
                run.communicate(timeout=20)
                self.assertEqual(run.returncode, -number)
                self.assertEqual(project.recorded(), ["a1"])
                # The server notices at the statement's end; here it is told.
                project.values("SELECT pg_terminate_backend(pid) FROM (%s) s" % self.SLEEPERS)
                self.wait_for(lambda: not project.values(self.SLEEPERS))
                self.assertEqual(project.values("SELECT count(*) FROM states"), [0])

    def test_no_database(self):
        project = self.project()
        done = project.run("run-seeds", GAUGER_PG_DSN="")
        self.assertEqual(done.returncode, 2)
        self.assertIn("no database is named: GAUGER_PG_DSN is not set", done.stderr)
        done = project.run("run-seeds", "--dsn", "postgresql://me:s3cret@127.0.0.1:1/x")
        self.assertEqual(done.returncode, 2)
        self.assertNotIn("s3cret", done.stdout + done.stderr)

    def test_a_script_that_goes_to_another_database(self):
        other = self.server.make_database()
        script = (
            "import sqlalchemy as sa\n\n\n"
            "def seed(connection):\n"
            f"    url = {self.server.dsn(other, '+psycopg')!r}\n"
            "    try:\n"
            "        sa.create_engine(url).connect()\n"
            "    except Exception:\n"
            "        pass\n"
        )
        project = self.project(seeds={"a1.py": script})
        done = project.run("run-seeds")
        self.assertEqual(done.returncode, 2)
        self.assertIn(f"not to the database '{project.database}'", done.stderr)


if __name__ == "__main__":
    unittest.main()
