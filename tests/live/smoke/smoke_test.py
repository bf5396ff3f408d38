#!/usr/bin/env python3
"""smoke as a user meets it: modes, failures, report."""

import json
import subprocess
import unittest

from smoke_project import STOREFRONT, USERS, Project, findings, smoke

ADD = 'op.add_column("users", sa.Column("{0}", sa.Text()))'


def moved(summary):
    """Of each run: its name, where it began, and the migrations."""
    return [
        (run["run"], run["from"], [each["revision"] for each in run["migrations"]])
        for run in summary["runs"]
    ]


class SmokeTest(unittest.TestCase):
    maxDiff = None

    def test_sample_project(self):
        previous = ["--previous", "6a2c8e5f10b7"]
        done = smoke(STOREFRONT, *previous, "--downgrade", "--format", "json")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        summary = json.loads(done.stdout)["summary"]
        (fresh, _, all_), (upgrade, start, last) = moved(summary)
        self.assertEqual((fresh, upgrade), ("fresh", "upgrade-from-previous"))
        self.assertEqual(len(all_), 30)
        self.assertEqual(all_[:15], all_[:14:-1])
        self.assertEqual(start, [all_[13]])
        self.assertEqual(last, [all_[14]] * 2)

    def test_progress_names_what_takes_its_time(self):
        slow = "op.execute('SELECT pg_sleep(4)')"
        done = Project(self, [USERS, ADD.format("a"), slow]).smoke("--mode", "fresh")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("smoke: fresh: r3 (3)\n", done.stderr)

    def test_modes(self):
        project = Project(self, [USERS, ADD.format("a"), ADD.format("b")])
        fresh = ("fresh", [], ["r1", "r2", "r3"])
        self.assertEqual(moved(project.summary()), [fresh])
        for mode, expected in [
            (["--mode", "upgrade-from-previous"], [("upgrade-from-previous", ["r2"], ["r3"])]),
            (["--mode", "both"], [fresh, ("upgrade-from-previous", ["r2"], ["r3"])]),
            (["--previous", "r1"], [fresh, ("upgrade-from-previous", ["r1"], ["r2", "r3"])]),
        ]:
            with self.subTest(mode=mode):
                self.assertEqual(moved(project.summary(*mode)), expected)
        only_one = Project(self, [USERS]).summary("--mode", "upgrade-from-previous")
        self.assertEqual(moved(only_one), [("upgrade-from-previous", [], ["r1"])])
        done = project.smoke("--previous", "r9")
        self.assertEqual(done.returncode, 2)
        self.assertIn("'r9'", done.stderr)

    def test_previous_is_the_merge_base(self):
        project = Project(self, [USERS, ADD.format("a"), ADD.format("b")])
        (project.folder / ".git" / "HEAD").unlink()

        def git(*words):
            subprocess.run(
                ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words],
                cwd=project.folder,
                check=True,
                capture_output=True,
            )

        git("init", "-q", "-b", "main")
        git("add", "alembic.ini", "migrations/env.py", "migrations/versions/r1.py")
        git("commit", "-qm", "one")
        git("checkout", "-qb", "work")
        git("add", ".")
        git("commit", "-qm", "two")
        expected = ("upgrade-from-previous", ["r1"], ["r2", "r3"])
        self.assertEqual(moved(project.summary("--base", "main"))[1], expected)
        self.assertEqual(moved(project.summary("--base", "work"))[1][1:], (["r3"], []))
        done = project.smoke("--base", "nowhere")
        self.assertEqual(done.returncode, 2)
        self.assertIn("nowhere", done.stderr)

    def test_several_heads(self):
        project = Project(self, [USERS, ADD.format("a"), ADD.format("b")])
        path = project.folder / "migrations" / "versions" / "r3.py"
        path.write_text(path.read_text().replace("down_revision = 'r2'", "down_revision = 'r1'"))
        self.assertEqual(
            [sorted(each[2]) for each in moved(project.summary("--mode", "both"))],
            [["r1", "r2", "r3"], ["r2", "r3"]],
        )

    def test_nothing_to_run(self):
        done = Project(self, []).smoke()
        self.assertEqual(done.returncode, 0)
        self.assertIn("not configured", done.stdout)

    def test_failure_in_sql(self):
        project = Project(self, [USERS, ADD.format("a") + '\nop.execute("ALTER TABLE users ADD a int")'])
        done = project.smoke("--mode", "both", "--quiet")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(
            "error[migration-fails]: upgrade of 'r2' fails (fresh): "
            'column "a" of relation "users" already exists (SQLSTATE 42701)\n',
            done.stdout,
        )
        self.assertIn("--> migrations/versions/r2.py:11:5\n", done.stdout)
        self.assertIn('11 |     op.execute("ALTER TABLE users ADD a int")\n', done.stdout)
        self.assertIn("help: the statement: ALTER TABLE users ADD a int\n", done.stdout)
        self.assertIn("1 upgrade from an empty database", done.stdout)
        self.assertEqual(done.stderr, "")

    def test_failure_in_json(self):
        done = Project(self, [USERS, "raise ValueError('no')"]).smoke("--format", "json")
        self.assertEqual(done.returncode, 1)
        (finding,) = findings(done)
        self.assertEqual(
            (finding["rule"], finding["revision"], finding["path"], finding["line"]),
            ("migration-fails", "r2", "migrations/versions/r2.py", 10),
        )
        failed = json.loads(done.stdout)["summary"]["runs"][0]["failed"]
        self.assertEqual(failed["message"], "ValueError: no")
        self.assertEqual((failed["statement"], failed["sqlstate"]), (None, None))

    def test_failing_downgrade(self):
        project = Project(self, [(USERS, 'op.drop_table("user")')])
        self.assertEqual(project.smoke().returncode, 0)
        done = project.smoke("--downgrade", "--format", "json")
        self.assertEqual(done.returncode, 1)
        self.assertEqual([each["rule"] for each in findings(done)], ["downgrade-fails"])

    def test_what_is_no_finding(self):
        done = Project(self, ['op.execute("CREATE EXTENSION no_such_thing")']).smoke()
        self.assertEqual(done.returncode, 2)
        self.assertIn('the server has no extension "no_such_thing"', done.stderr)
        self.assertIn("--postgres-bin", done.stderr)
        done = Project(self, [USERS], env="1 / 0\n").smoke()
        self.assertEqual(done.returncode, 2)
        self.assertIn("ZeroDivisionError", done.stderr)
        done = Project(self, [USERS], toml='[database]\npython = "no-such-python"\n').smoke()
        self.assertEqual(done.returncode, 2)
        self.assertEqual(Project(self, [USERS]).smoke("--dsn", "host=/nowhere").returncode, 2)


if __name__ == "__main__":
    unittest.main()
