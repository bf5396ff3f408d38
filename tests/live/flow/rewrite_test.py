#!/usr/bin/env python3
"""migration-auto, migration-squash and db-nuke: what they make, refuse, and leave when they are
killed."""

import json
import os
import pathlib
import re
import signal
import sys
import time
import unittest

from flow_project import Courses, Server, cut_power

HEAD = "9d60b7e5a2c3"
NICKNAME = "    nickname: Mapped[str | None] = mapped_column(String(40))\n"
CITY = "    city: Mapped[str | None] = mapped_column(String(40))\n"
ADD = '    op.add_column("users", sa.Column("{0}", sa.String(length=40), nullable=True))'
TRIGGER = """
    op.execute("CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'")
    op.execute("CREATE TRIGGER quiet BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION quiet()")
    op.execute("UPDATE users SET nickname = email")"""
SEED = """import sqlalchemy as sa


async def seed(connection) -> None:
    await connection.execute(sa.text("INSERT INTO subjects VALUES ('{0}', '{0}') ON CONFLICT DO NOTHING"))
"""


class RewriteTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)

    def project(self):
        """On `work`, with two migrations and two seeds that `main` does not have, applied."""
        project = Courses(self, self.server)
        project.edit("app/schema/people.py", "    created_at", NICKNAME + CITY + "    created_at")
        project.add_revision("aaaa11112222", HEAD, ADD.format("nickname"))
        project.add_revision("bbbb33334444", "aaaa11112222", ADD.format("city"))
        (project.seeds / "aaaa11112222.py").write_text(SEED.format("music"))
        (project.seeds / "bbbb33334444.py").write_text(SEED.format("latin"))
        return project

    def migrated(self):
        project = self.project()
        for tool in ("migrate", "run-seeds"):
            done = project.run(tool)
            self.assertEqual(done.returncode, 0, done.all)
        return project

    def squashed(self, project):
        """The revision that has taken the place of the two."""
        (name,) = [each for each in project.revisions() if "squashed" in each]
        self.assertEqual(len(project.revisions()), 4)
        return name.split("-")[1].split("_")[0]

    def test_auto(self):
        project = Courses(self, self.server)
        before = project.state()
        done = project.run("migration-auto", "-m", "nothing")
        self.assertEqual(done.returncode, 0, done.all)
        self.assertIn("no file was made", done.stdout_text)
        self.assertEqual(project.state(), before)
        project.edit("app/schema/people.py", "    created_at", NICKNAME + "    created_at")
        seeds = project.folder / "scripts" / "seeds"
        seeds.rename(project.folder / "aside")
        seeds.parent.rmdir()
        done = project.run(
            "migration-auto", "-m", "add a nickname", "--seed", "--format", "json"
        )
        for each in (project.folder / "aside").iterdir():
            each.rename(seeds / each.name)
        (project.folder / "aside").rmdir()
        self.assertEqual(done.returncode, 0, done.all)
        summary = json.loads(done.stdout_text)["summary"]
        self.assertEqual(project.current(), [summary["revision"]])
        self.assertTrue(summary["applied"])
        self.assertEqual(
            set(project.state()) - set(before), {summary["path"], summary["seed"]}
        )
        self.assertIn("op.add_column('users'", (project.folder / summary["path"]).read_text())
        # A stub is no seed yet.
        done = project.run("run-seeds")
        self.assertEqual(done.returncode, 0, done.all)
        self.assertIn("1 with nothing in it yet", done.stdout_text)

    def test_auto_with_findings(self):
        """What the lint forbids is made, for its author to mend, and not applied."""
        project = Courses(self, self.server)
        project.run("migrate")
        project.edit(
            "app/schema/courses.py", "    title: Mapped[str] = mapped_column(String(200))\n", ""
        )
        done = project.run("migration-auto", "-m", "drop titles", DYLEN_PG_DSN="")
        self.assertEqual(done.returncode, 1, done.all)
        self.assertIn("destructive-operation", done.stdout_text)
        self.assertIn("not applied", done.stdout_text)
        self.assertEqual(len(project.revisions()), 4)
        self.assertEqual(project.current(), [HEAD])
        self.assertEqual(project.run("migration-auto").returncode, 2)
        # Nor does the next run apply it unread, on the project's own database.
        done = project.run("migration-auto", "-m", "again")
        self.assertEqual(done.returncode, 1, done.all)
        self.assertIn("destructive-operation", done.stdout_text)
        self.assertIn("not applied yet has errors: nothing was done", done.stdout_text)
        self.assertEqual(project.current(), [HEAD])
        self.assertEqual(len(project.revisions()), 4)

    def test_squash(self):
        project = self.migrated()
        done = project.run("migration-squash", "-m", "squashed")
        self.assertEqual(done.returncode, 0, done.all)
        new = self.squashed(project)
        self.assertEqual(project.current(), [new])
        self.assertEqual(
            project.values("SELECT revision FROM seed_versions ORDER BY 1"),
            sorted(["3b1f7a9c50d2", "c84e02d6f1a7", new]),
        )
        (backup,) = (project.versions / ".squash_backup").glob("2*")
        self.assertEqual(len(list(backup.glob("*.py.bak"))), 2)
        self.assertFalse(list(backup.glob("*.py")))
        self.assertNotIn(".squash_backup", project.git("status", "--short", "-uall"))
        for words in (["migrate"], ["run-seeds"], ["drift"], ["gauger", "check"]):
            done = project.run(*words)
            self.assertEqual(done.returncode, 0, (words, done.all))
        # The new seed does what both did.
        fresh = project.make_database()
        for tool in ("migrate", "run-seeds"):
            done = project.run(tool, DYLEN_PG_DSN=project.server.dsn(fresh))
            self.assertEqual(done.returncode, 0, done.all)
        self.assertEqual(
            project.values("SELECT slug FROM subjects ORDER BY 1", fresh),
            ["chemistry", "latin", "music", "physics"],
        )
        done = project.run("migration-squash", "-m", "again")
        self.assertEqual(done.returncode, 0)
        self.assertIn("nothing to squash", done.stdout_text)

    def test_restamp(self):
        project = self.migrated()
        done = project.run("migration-squash", "-m", "squashed", DYLEN_PG_DSN="")
        self.assertEqual(done.returncode, 0, done.all)
        new = self.squashed(project)
        done = project.run("migrate")
        self.assertEqual(done.returncode, 2)
        self.assertIn("migration-squash --restamp", done.stderr_text)
        done = project.run("migration-squash", "--restamp")
        self.assertEqual(done.returncode, 0, done.all)
        self.assertEqual(project.current(), [new])
        self.assertEqual(project.run("migrate").returncode, 0)

    def test_sourceless(self):
        """What Python has compiled of the old files is not loaded in their place."""
        project = self.project()
        del project.environment["PYTHONDONTWRITEBYTECODE"]
        project.edit("alembic.ini", "timezone = UTC", "timezone = UTC\nsourceless = true")
        self.assertEqual(project.run("migrate").returncode, 0)
        self.assertTrue(list((project.versions / "__pycache__").glob("*aaaa11112222*")))
        done = project.run("migration-squash", "-m", "squashed")
        self.assertEqual(done.returncode, 0, done.all)
        done = project.run("migrate", "--format", "json")
        self.assertEqual(done.returncode, 0, done.all)
        self.assertEqual(json.loads(done.stdout_text)["summary"]["revisions"], [])

    def test_squash_refuses(self):
        project = self.project()
        project.add_revision("cccc55556666", "bbbb33334444", TRIGGER)
        project.run("migrate")
        before = project.state()
        done = project.run("migration-squash", "-m", "squashed")
        self.assertEqual(done.returncode, 1, done.all)
        for lost in ("trigger users.quiet", "function quiet", "what 'cccc55556666' does to rows"):
            self.assertIn(lost, done.stdout_text)
        self.assertEqual(project.state(), before)
        self.assertEqual(project.current(), ["cccc55556666"])
        # In the middle of what would go.
        project.run("migrate", "--downgrade=-1")
        done = project.run("migration-squash", "-m", "squashed", "--force")
        self.assertEqual(done.returncode, 2, done.all)
        self.assertIn("in the middle of what is squashed", done.stderr_text)
        self.assertEqual(project.state(), before)
        with project.connect() as connection:
            connection.execute("DROP FUNCTION quiet CASCADE")
        project.run("migrate")
        done = project.run("migration-squash", "-m", "squashed", "--force")
        self.assertEqual(done.returncode, 0, done.all)
        self.assertIn("warning[squash-loses]", done.stdout_text)
        self.assertEqual(project.current(), [self.squashed(project)])

    def test_squash_of_models_that_are_ahead(self):
        """A database that has run the old ones lacks what the new one would add."""
        project = self.migrated()
        street = NICKNAME.replace("nickname", "street")
        project.edit("app/schema/people.py", "    created_at", street + "    created_at")
        before = project.state()
        done = project.run("migration-squash", "-m", "squashed")
        self.assertEqual(done.returncode, 1, done.all)
        self.assertIn("error[squash-adds]", done.stdout_text)
        self.assertEqual(project.state(), before)
        done = project.run("migration-squash", "-m", "squashed", "--force")
        self.assertEqual(done.returncode, 0, done.all)
        self.assertIn("is not stamped: it lacks what the new migration adds", done.stderr_text)
        self.assertEqual(project.current(), ["bbbb33334444"])
        done = project.run("migration-squash", "--restamp")
        self.assertEqual(done.returncode, 2, done.all)
        self.assertIn("lacks what the squash to", done.stderr_text)
        self.assertEqual(project.current(), ["bbbb33334444"])

    def test_messages_that_fit_no_docstring(self):
        project = self.project()
        before = project.state()
        for message in ("import C:\\users", 'three """', "two\nlines", 'a "name"'):
            for tool in ("migration-auto", "migration-squash"):
                done = project.run(tool, "-m", message)
                self.assertEqual(done.returncode, 2, done.all)
                self.assertIn("docstring", done.stderr_text)
        self.assertEqual(project.state(), before)

    def test_failure_puts_all_back(self):
        project = self.migrated()
        project.edit("app/schema/people.py", "import datetime", "import nothing_of_that_name")
        before = project.state()
        for tool in (["migration-squash", "-m", "squashed"], ["db-nuke"]):
            done = project.run(*tool, CONFIRM_DB_NUKE="1")
            self.assertEqual(done.returncode, 2, done.all)
            self.assertEqual(project.state(), before)
        self.assertEqual(project.current(), ["bbbb33334444"])

    def test_nuke(self):
        project = self.migrated()
        with project.connect() as connection:
            connection.execute(f"ALTER DATABASE {project.database} SET search_path = public, x")
        before = project.state()
        done = project.run("db-nuke")
        self.assertEqual(done.returncode, 2)
        self.assertIn("CONFIRM_DB_NUKE=1", done.stderr_text)
        done = project.run("db-nuke", CONFIRM_DB_NUKE="yes")
        self.assertEqual(done.returncode, 2)
        with project.connect():
            done = project.run("db-nuke", CONFIRM_DB_NUKE="1")
        self.assertEqual(done.returncode, 2)
        self.assertIn("others are connected", done.stderr_text)
        done = project.run("db-nuke", PGHOST="db.example.org", CONFIRM_DB_NUKE="1",
                           DYLEN_PG_DSN="postgresql:///shop")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(project.state(), before)
        done = project.run("db-nuke", "--format", "json", CONFIRM_DB_NUKE="1")
        self.assertEqual(done.returncode, 0, done.all)
        summary = json.loads(done.stdout_text)["summary"]
        self.assertEqual(project.revisions(), [pathlib.Path(summary["path"]).name])
        self.assertEqual(project.current(), [summary["revision"]])
        self.assertEqual(project.values("SELECT count(*) FROM roles"), [0])
        self.assertEqual(project.values("SHOW search_path"), ["public, x"])
        self.assertEqual(
            project.values("SELECT count(*) FROM roles", summary["database_backup"]), [2]
        )
        for words in (["run-seeds"], ["drift"], ["gauger", "check-heads"]):
            done = project.run(*words)
            self.assertEqual(done.returncode, 0, (words, done.all))
        self.assertEqual(project.values("SELECT count(*) FROM subjects"), [4])

    def test_nuke_with_volume(self):
        """docker is played by a program that empties the database as a new volume would."""
        project = self.migrated()
        done = project.run("db-nuke", "--volume", CONFIRM_DB_NUKE="1")
        self.assertEqual(done.returncode, 2)
        self.assertIn("no compose file", done.stderr_text)
        (project.folder / "compose.yaml").write_text("services: {}\n")
        docker = project.home / "docker"
        config = project.home / "config.json"
        config.write_text('{"services": {"cache": {"image": "redis"}}}')
        docker.write_text(
            f"#!{sys.executable}\nimport sys, psycopg\n"
            "if 'config' in sys.argv:\n"
            f"    print(open({str(config)!r}).read())\n    sys.exit()\n"
            f"open({str(project.home / 'log')!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
            "if 'down' in sys.argv:\n"
            f"    with psycopg.connect({project.server.dsn()!r}, autocommit=True) as connection:\n"
            f"        connection.execute('DROP DATABASE {project.database}')\n"
        )
        docker.chmod(0o755)
        project.environment["PATH"] = f"{project.home}:{project.environment['PATH']}"
        before = project.state()
        done = project.run("db-nuke", "--volume", CONFIRM_DB_NUKE="1")
        self.assertEqual(done.returncode, 2, done.all)
        self.assertIn("no service", done.stderr_text)
        self.assertEqual(project.state(), before)
        self.assertFalse((project.home / "log").exists())
        port = re.search(r"port=(\d+)|:(\d+)/", project.server.dsn())
        ports = [{"published": next(filter(None, port.groups())) if port else "5432", "target": 5432}]
        config.write_text(json.dumps({"services": {"db": {"image": "postgres", "ports": ports}}}))
        done = project.run("db-nuke", "--volume", CONFIRM_DB_NUKE="1")
        self.assertEqual(done.returncode, 0, done.all)
        compose = f"compose -f {project.folder / 'compose.yaml'} "
        self.assertEqual(
            (project.home / "log").read_text(), f"{compose}down -v\n{compose}up -d\n"
        )
        self.assertEqual(len(project.revisions()), 1)
        self.assertEqual(project.values("SELECT count(*) FROM roles"), [0])

    def settled(self, project, before):
        """Nothing was done, or all of it was: which."""
        end = time.monotonic() + 20
        while list(project.versions.glob(".*_backup/*/journal.json")) and not list(
            project.versions.glob(".*_backup/*/finished.json")
        ):
            self.assertLess(time.monotonic(), end, "nobody undoes it")
            time.sleep(0.05)
        if project.state() == before:
            return "before"
        self.assertTrue(list(project.versions.glob(".*_backup/*/finished.json")))
        return "after"

    def kill_at(self, moments, words, cut):
        """Killed after these parts of its time; then the next command has to work."""
        project = self.migrated()
        began = time.monotonic()
        done = project.run(*words, CONFIRM_DB_NUKE="1")
        whole = time.monotonic() - began
        self.assertEqual(done.returncode, 0, done.all)
        for moment in moments:
            with self.subTest(moment=moment, words=words, cut=cut):
                project = self.migrated()
                before = project.state()
                process = project.start(*words, CONFIRM_DB_NUKE="1")
                time.sleep(moment * whole)
                if cut:
                    cut_power(process)
                else:
                    process.send_signal(signal.SIGKILL)
                    process.communicate()
                    self.settled(project, before)
                done = project.run(*words, CONFIRM_DB_NUKE="1")
                self.assertEqual(done.returncode, 0, done.all)
                for next in (["migrate"], ["run-seeds"], ["gauger", "check-heads"]):
                    done = project.run(*next)
                    self.assertEqual(done.returncode, 0, (next, done.all))
                self.assertEqual(project.values("SELECT count(*) FROM subjects"), [4])

    SQUASH = ["migration-squash", "-m", "squashed"]
    # How many moments of each command; none: the two tests that take least.
    KILLS = int(os.environ.get("GAUGER_KILLS", "0"))

    def moments(self, default):
        return [(step + 0.5) / self.KILLS for step in range(self.KILLS)] or default

    def test_killed(self):
        self.kill_at(self.moments([0.6]), self.SQUASH, cut=False)
        if self.KILLS:
            self.kill_at(self.moments([]), ["db-nuke"], cut=False)

    def test_nuke_killed_while_the_database_changes(self):
        """In the moments of ALTER DATABASE and CREATE DATABASE, which the server ends by itself."""
        project = self.migrated()
        before = project.state()
        for step in range(8):
            with self.subTest(step=step):
                process = project.start("db-nuke", CONFIRM_DB_NUKE="1")
                while not list(project.versions.glob(".nuke_backup/*/journal.json")):
                    self.assertIsNone(process.poll())
                    time.sleep(0.002)
                time.sleep(step * 0.015)
                process.send_signal(signal.SIGKILL)
                process.communicate()
                self.assertEqual(self.settled(project, before), "before")
                self.assertEqual(project.current(), ["bbbb33334444"])
                self.assertEqual(project.values("SELECT count(*) FROM subjects"), [4])

    def test_auto_killed(self):
        """The file is there or not; the next run makes one of it in any case."""
        for moment in self.moments([0.4]):
            with self.subTest(moment=moment):
                project = Courses(self, self.server)
                self.assertEqual(project.run("migrate").returncode, 0)
                project.edit("app/schema/people.py", "    created_at", NICKNAME + "    created_at")
                process = project.start("migration-auto", "-m", "a nickname")
                time.sleep(moment * 4)
                process.send_signal(signal.SIGKILL)
                process.communicate()
                done = project.run("migration-auto", "-m", "a nickname")
                self.assertEqual(done.returncode, 0, done.all)
                self.assertEqual(len(project.revisions()), 4)
                self.assertEqual(project.run("drift").returncode, 0)

    def test_power_cut(self):
        self.kill_at(self.moments([0.7]), ["db-nuke"], cut=True)
        if self.KILLS:
            self.kill_at(self.moments([]), self.SQUASH, cut=True)


if __name__ == "__main__":
    unittest.main()
