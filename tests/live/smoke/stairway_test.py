#!/usr/bin/env python3
"""smoke --mode stairway and --from-dump."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from smoke_project import STOREFRONT, USERS, Project, findings, smoke

ENUM = """
op.execute("CREATE TYPE kind AS ENUM ('a')")
op.execute("ALTER TABLE users ADD kind kind, ADD note text")
op.execute("CREATE INDEX ix_note ON users (note)")
"""


class StairwayTest(unittest.TestCase):
    maxDiff = None

    def climb(self, revisions, status, **options):
        done = Project(self, revisions, **options).smoke("--mode", "stairway", "--format", "json")
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        (run,) = json.loads(done.stdout)["summary"]["runs"]
        return findings(done), run

    def test_sample_project(self):
        done = smoke(STOREFRONT, "--mode", "stairway")
        # Labels of an enum cannot be taken away again; the last one does nothing either way.
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("13 revisions up, down and up, 1 not taken down", done.stdout)

    def test_clean(self):
        found, run = self.climb(
            [(USERS, 'op.drop_table("users")'), (ENUM.replace("kind kind, ADD ", ""),
             'op.drop_column("users", "note")\nop.execute("DROP TYPE kind")')],
            0,
        )
        self.assertEqual(found, [])
        self.assertEqual(
            [(each["revision"], each["direction"]) for each in run["migrations"]],
            [(r, d) for r in ("r1", "r2") for d in ("upgrade", "downgrade", "upgrade")],
        )

    def test_what_stays_behind(self):
        # The enum stays, so that the revision cannot come up again; the climb goes on.
        found, run = self.climb(
            [
                (USERS, 'op.drop_table("users")'),
                (ENUM, 'op.drop_column("users", "kind")\nop.drop_column("users", "note")'),
                ('op.add_column("users", sa.Column("z", sa.Text()))',
                 'op.drop_column("users", "z")\nop.execute("DROP INDEX ix_note")'),
            ],
            1,
        )
        self.assertEqual(
            [(each["rule"], each["revision"], each["message"]) for each in found],
            [
                ("migration-fails", "r2",
                 "upgrade of 'r2' fails (after its own downgrade): "
                 'type "kind" already exists (SQLSTATE 42710)'),
                ("downgrade-leaves-difference", "r2", "downgrade of 'r2': enum kind: not expected"),
                ("downgrade-leaves-difference", "r3",
                 "downgrade of 'r3': index users.ix_note: missing"),
            ],
        )
        self.assertEqual(found[1]["path"], "migrations/versions/r2.py")
        self.assertEqual(found[1]["line"], 15)
        self.assertIn("DROP TYPE", found[1]["help"])
        self.assertEqual(len(run["leftovers"]), 2)

    def test_what_is_not_taken_down(self):
        found, run = self.climb(
            [
                (USERS, "pass"),
                ('op.add_column("users", sa.Column("a", sa.Text()))', "raise NotImplementedError"),
                ('op.add_column("users", sa.Column("b", sa.Text()))',
                 "if op.get_bind():\n    raise RuntimeError('no way back')"),
                ("pass", "pass"),
                ('op.add_column("users", sa.Column("c", sa.Text()))',
                 'op.drop_column("users", "nothing")'),
            ],
            1,
        )
        self.assertEqual(
            [(each["revision"], each["reason"]) for each in run["skipped"]],
            [
                ("r1", "downgrade() is empty"),
                ("r2", "downgrade() raises"),
                ("r3", "downgrade() raises: RuntimeError: no way back"),
            ],
        )
        self.assertEqual([each["rule"] for each in found], ["downgrade-fails"])

    def test_branches(self):
        add = 'op.add_column("users", sa.Column("{0}", sa.Text()))'
        drop = 'op.drop_column("users", "{0}")'
        project = Project(
            self,
            [(USERS, 'op.drop_table("users")'), *((add.format(c), drop.format(c)) for c in "abc"),
             ("pass", "pass")],
        )
        versions = project.folder / "migrations" / "versions"
        for revision, old, new in [("r3", "'r2'", "'r1'"), ("r4", "'r3'", "'r3'"),
                                   ("r5", "'r4'", "('r4', 'r2')")]:
            path = versions / f"{revision}.py"
            path.write_text(
                path.read_text().replace(f"down_revision = {old}", f"down_revision = {new}")
            )
        done = project.smoke("--mode", "stairway", "--format", "json")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(json.loads(done.stdout)["summary"]["runs"][0]["skipped"], [])


class DumpTest(unittest.TestCase):
    """The dump of a database that smoke itself has upgraded, always on the machine's own server: those
    of `make test-matrix` have no pg_dump."""

    def setUp(self):
        given = os.environ.pop("GAUGER_POSTGRES_BIN", None)
        if given:
            self.addCleanup(os.environ.__setitem__, "GAUGER_POSTGRES_BIN", given)

    def dump(self, project, *arguments):
        path = pathlib.Path(tempfile.mkdtemp()) / "dump"
        script = (
            "import os, subprocess, sys\n"
            f"subprocess.run(['pg_dump', *{list(arguments)!r}, '-f', {str(path)!r},\n"
            "    os.environ['DATABASE_URL'].replace('+psycopg2', '').replace('+psycopg', '')],\n"
            "    check=True)\n"
        )
        env = project.folder / "migrations" / "env.py"
        text = env.read_text()
        env.write_text(text + script)
        packaged = ":".join(map(str, pathlib.Path("/usr/lib/postgresql").glob("*/bin")))
        done = project.smoke("--no-trace", PATH=f"{packaged}:{os.environ['PATH']}")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        env.write_text(text)
        return path

    def test_plain_and_custom(self):
        for arguments in ([], ["-Fc"], ["-Fd"]):
            with self.subTest(arguments=arguments):
                project = Project(self, [USERS + "\nop.execute('INSERT INTO users SELECT 1')"])
                path = self.dump(project, *arguments)
                # Fails on the row that only the dump has.
                newer = Project(
                    self, [USERS, "op.execute('ALTER TABLE users ADD CHECK (id > 1)')"]
                )
                self.assertEqual(newer.smoke().returncode, 0)
                done = newer.smoke("--from-dump", str(path), "--format", "json")
                self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
                self.assertIn("violated by some row", findings(done)[0]["message"])
                run = json.loads(done.stdout)["summary"]["runs"][0]
                self.assertEqual((run["run"], run["from"]), ("from-dump", ["r1"]))

    def test_dump_without_its_rows(self):
        path = self.dump(Project(self, [USERS]), "--schema-only")
        for mode in ("fresh", "stairway"):
            done = Project(self, [USERS]).smoke("--from-dump", str(path), "--mode", mode)
            self.assertEqual(done.returncode, 2, done.stdout)
            self.assertIn("it has 1 table and no revision that they are of", done.stderr)

    def test_rows_before_what_the_dump_has(self):
        path = self.dump(Project(self, [USERS, "op.execute('SELECT 1')"]))
        newer = Project(self, [USERS, "op.execute('SELECT 1')", "op.execute('SELECT 2')"])
        rows = ("--from-dump", str(path), "--rows", "3", "--rows-before")
        done = newer.smoke(*rows, "r2")
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn("it stands at r2, past what --rows-before r2 asks for", done.stderr)
        self.assertEqual(newer.smoke(*rows, "r3").returncode, 0)

    def test_stairway_from_a_dump(self):
        path = self.dump(Project(self, [USERS]))
        newer = Project(self, [(USERS, "1 / 0"), ('op.execute("CREATE TYPE t AS ENUM ()")', "op.execute('SELECT 1')")])
        done = newer.smoke("--mode", "stairway", "--from-dump", str(path), "--format", "json")
        self.assertEqual(
            [each["rule"] for each in findings(done)],
            ["migration-fails", "downgrade-leaves-difference"],
        )

    def test_what_cannot_be_restored(self):
        project = Project(self, [USERS])
        end = "--\n-- PostgreSQL database dump complete\n--\n"
        for text, message in [
            ("\\connect other\nSELECT 1;\n", "it connects to a database of its own"),
            ("  \\connect other\nSELECT 1;\n", "it connects to a database of its own"),
            ("\\! touch it-ran\n" + end, "it has what pg_dump does not write for psql"),
            ("SELECT 'it''s' \\! touch it-ran\n" + end, "it has what pg_dump does not write"),
            ("CREATE TABLE users (id nonsense);\n" + end, 'type "nonsense" does not exist'),
            ("CREATE TABLE users (id int);\n", "it does not end as pg_dump ends a dump"),
            ("-- empty\n", "it does not end as pg_dump ends a dump"),
            (None, "it cannot be read"),
        ]:
            with self.subTest(message=message):
                if text:
                    project.write("dump.sql", text)
                done = project.smoke("--from-dump", "dump.sql" if text else "nothing.sql")
                self.assertEqual(done.returncode, 2)
                self.assertIn(message, done.stderr)
        project.write("dump.sql", "ALTER TABLE IF EXISTS a OWNER TO somebody;\n"
                      "GRANT USAGE ON SCHEMA public TO somebody_else;\n" + end)
        self.assertEqual(project.smoke("--from-dump", "dump.sql").returncode, 0)
        done = project.smoke("--from-dump", "dump.sql", "--mode", "both")
        self.assertEqual(done.returncode, 2)
        for mode in ("fresh", "stairway"):
            done = project.smoke("--mode", mode, "--previous", "r1")
            self.assertEqual(done.returncode, 2)
            self.assertIn("--previous is for --mode both", done.stderr)


if __name__ == "__main__":
    unittest.main()
