#!/usr/bin/env python3
"""seed-data-check on scratch databases and on a project's own."""

import pathlib
import unittest

import psycopg
from seed_project import ASYNC_SEED, PLAIN_SEED, STOREFRONT, Project, Server, report

TOML = """
[[seed-data]]
table = "roles"
key = "name"
required = [{ name = "admin", rank = 1 }, { name = "user", rank = 2 }]

[[seed-data]]
table = "states"
key = ["label"]
required = [{ label = "new" }]
"""


def findings(done):
    return sorted((each["rule"], each["message"]) for each in report(done)["findings"])


class SeedDataCheckTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)

    def check(self, project, *arguments, **variables):
        return project.run("seed-data-check", "--format", "json", *arguments, **variables)

    def project(self, toml=TOML, **options):
        project = Project(self, self.server, toml=toml, **options)
        project.migrate()
        return project

    def seeded(self, toml=TOML, **options):
        project = self.project(toml=toml, **options)
        with project.connect() as connection:
            connection.execute("CREATE TABLE seed_versions (revision text PRIMARY KEY)")
            connection.execute("INSERT INTO seed_versions VALUES ('a1'), ('b2')")
            connection.execute("INSERT INTO roles VALUES ('admin', 1), ('user', 2)")
            connection.execute("INSERT INTO states (label) VALUES ('new')")
        return project

    def test_scratch(self):
        project = Project(self, toml=TOML)
        done = self.check(project)
        self.assertEqual((done.returncode, findings(done)), (0, []), done.stderr)
        summary = report(done)["summary"]
        self.assertEqual(summary["run"], ["a1", "b2"])
        self.assertEqual((summary["rows"], summary["tables"]), (3, 2))
        # Beside another database, which the environment names for that.
        project = Project(self, self.server, toml=TOML)
        for arguments in (["--dsn", project.dsn], ["--scratch", "--dsn", project.dsn]):
            done = self.check(project, *arguments)
            self.assertEqual((done.returncode, findings(done)), (0, []), done.stderr)
        project.write("gauger.toml", '[database]\nscratch = "environment"\n' + TOML)
        self.assertEqual(self.check(project).returncode, 0)
        with psycopg.connect(self.server.dsn()) as connection:
            names = connection.execute("SELECT datname FROM pg_database").fetchall()
            self.assertFalse([name for (name,) in names if name.startswith("gauger")])

    def test_scratch_with_faults(self):
        toml = TOML + '[[seed-data]]\ntable = "gone"\nkey = "a"\nrequired = [{ a = 1 }]\n'
        seeds = {"a1.py": ASYNC_SEED.replace("('user', 2)", "('user', 3)")}
        done = self.check(Project(self, toml=toml, seeds=seeds))
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(
            findings(done),
            [
                ("seed-row-differs", "roles with name = 'user': rank is '3', expected 2"),
                ("seed-row-missing", "states has no row with label = 'new'"),
                ("seed-table-missing", "there is no table gone"),
            ],
        )
        failing = {"a1.py": ASYNC_SEED.replace("roles", "rolls")}
        done = self.check(Project(self, toml=toml, seeds=failing))
        self.assertEqual(done.returncode, 1, done.stderr)
        ((rule, message),) = findings(done)
        self.assertEqual(rule, "seed-failed")
        self.assertIn('relation "rolls" does not exist', message)

    def test_database(self):
        project = self.seeded()
        done = self.check(project)
        self.assertEqual((done.returncode, findings(done)), (0, []), done.stderr)
        with project.connect() as connection:
            connection.execute("UPDATE roles SET rank = 7 WHERE name = 'user'")
            connection.execute("DELETE FROM roles WHERE name = 'admin'")
            connection.execute("INSERT INTO states (label) VALUES ('new')")
            connection.execute("DELETE FROM seed_versions WHERE revision = 'b2'")
            connection.execute("INSERT INTO seed_versions VALUES ('c3')")
        done = self.check(project)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(
            findings(done),
            [
                ("seed-key-not-unique", "states has 2 rows with label = 'new'"),
                ("seed-not-recorded", "the seed of revision 'b2' is not recorded in seed_versions"),
                (
                    "seed-recorded-without-revision",
                    "seed_versions has 'c3', which no revision of the history is",
                ),
                ("seed-row-differs", "roles with name = 'user': rank is '7', expected 2"),
                ("seed-row-missing", "roles has no row with name = 'admin'"),
            ],
        )

    def test_database_that_was_never_seeded(self):
        done = self.check(self.project(toml=""))
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual([rule for rule, _ in findings(done)], ["seed-not-recorded"] * 2)

    def test_it_only_reads(self):
        project = self.seeded()
        with project.connect() as connection:
            connection.execute("CREATE ROLE reader LOGIN")
            connection.execute("GRANT SELECT ON roles, states, seed_versions TO reader")
            connection.execute("ALTER ROLE reader SET default_transaction_read_only = on")
        dsn = project.dsn.replace("postgres@", "reader@")
        self.assertEqual(self.check(project, "--database", dsn).returncode, 0)
        with project.connect() as connection:
            connection.execute("REVOKE SELECT ON roles FROM reader")
        done = self.check(project, "--database", dsn)
        self.assertEqual(done.returncode, 2)
        self.assertIn("cannot look for the rows of roles: permission denied", done.stderr)
        with project.connect() as connection:
            connection.execute("DROP OWNED BY reader; DROP ROLE reader")

    def test_values(self):
        """Each kind of cell with columns of several types, and names that want quotes."""
        toml = """
[[seed-data]]
schema = "ref data"
table = 'odd "one"'
key = ["Code", "n"]
columns = ["price", "open", "day", "ratio", "state", "tags"]
required = [
  { Code = "it's", n = 1, price = 5, open = true, day = "2024-02-29", ratio = 0.5, state = "a", tags = "{x,y}" },
  { Code = "b\\\\c", n = 2, price = 1.25, open = false, ratio = 2, unknown = 1 },
]
"""
        project = self.project(toml=toml, seeds={})
        with project.connect() as connection:
            connection.execute('CREATE SCHEMA "ref data"')
            connection.execute("CREATE TYPE state AS ENUM ('a', 'b')")
            connection.execute(
                'CREATE TABLE "ref data"."odd ""one""" ("Code" text, n bigint, price numeric(10,3),'
                " open boolean, day date, ratio double precision, state state, tags text[])"
            )
            connection.execute(
                'INSERT INTO "ref data"."odd ""one""" VALUES'
                " ('it''s', 1, 5, true, '2024-02-29', 0.5, 'a', '{x,y}'),"
                " ('b\\c', 2, 1.25, false, NULL, 2, NULL, NULL)"
            )
        done = self.check(project)
        self.assertEqual((done.returncode, findings(done)), (0, []), done.stderr)
        # How the database likes to print them is no difference.
        with project.connect() as connection:
            for setting in ("datestyle = 'German'", "timezone = 'Asia/Tokyo'"):
                connection.execute(f"ALTER DATABASE {project.database} SET {setting}")
        done = self.check(project)
        self.assertEqual((done.returncode, findings(done)), (0, []), done.stderr)
        with project.connect() as connection:
            connection.execute('UPDATE "ref data"."odd ""one""" SET price = NULL, open = NOT open')
        done = self.check(project)
        table = 'ref data.odd "one"'
        self.assertEqual(
            [message for _, message in findings(done)],
            [
                f"{table} with Code = 'b\\c', n = 2: open is 'true', expected false",
                f"{table} with Code = 'b\\c', n = 2: price is NULL, expected 1.25",
                f"{table} with Code = 'it's', n = 1: open is 'false', expected true",
                f"{table} with Code = 'it's', n = 1: price is NULL, expected 5",
            ],
        )
        with project.connect() as connection:
            connection.execute('ALTER TABLE "ref data"."odd ""one""" DROP COLUMN ratio')
        done = self.check(project)
        self.assertEqual(findings(done), [("seed-table-missing", f"{table} has no column ratio")])

    def test_one_query_for_each_table(self):
        rows = ", ".join(f'{{ name = "r{n}", rank = {n} }}' for n in range(500))
        toml = TOML.replace('{ name = "admin", rank = 1 }, { name = "user", rank = 2 }', rows)
        project = self.seeded(toml=toml)
        with project.connect() as connection:
            connection.execute(
                "INSERT INTO roles SELECT 'r' || n, n FROM generate_series(0, 499) n"
            )
            connection.execute(
                f"ALTER DATABASE {project.database} SET log_statement = 'all'"
            )
        log = pathlib.Path(self.server.folder, "log")
        before = log.read_text().count("statement: ")
        done = self.check(project)
        self.assertEqual((done.returncode, findings(done)), (0, []), done.stderr)
        # BEGIN, settings, seed_versions (two), the columns, two tables, COMMIT.
        statements = log.read_text().count("statement: ") - before
        self.assertEqual(statements, 8)

    def test_static_faults(self):
        seeds = {
            "a1.py": ASYNC_SEED.replace(" ON CONFLICT DO NOTHING", ""),
            "b3.py": PLAIN_SEED,
            "b2.py": "def seed(connection):\n    pass\n",
        }
        done = self.check(Project(self, seeds=seeds))
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(
            [rule for rule, _ in findings(done)], ["seed-not-idempotent", "seed-without-revision"]
        )
        first = next(e for e in report(done)["findings"] if e["rule"] == "seed-not-idempotent")
        self.assertEqual((first["path"], first["line"]), ("scripts/seeds/a1.py", 6))

    def test_seeds_behind_the_schema(self):
        """Recorded, so that nobody runs them any more but on a new database."""
        renamed = (
            'from alembic import op\n\nrevision = "c3"\ndown_revision = "b2"\n\n\n'
            'def upgrade():\n    op.rename_table("roles", "ranks")\n'
            '    op.execute("ALTER TABLE states DROP COLUMN label")\n'
        )
        for arguments in ([], ["--scratch"]):
            with self.subTest(arguments=arguments):
                project = self.seeded(toml="")
                project.write("migrations/versions/c3.py", renamed)
                done = self.check(project, *arguments)
                self.assertEqual(done.returncode, 1, done.stderr)
                behind = [
                    ("seed-behind-schema", "the schema at head has no table roles"),
                    ("seed-behind-schema", "the table states has no column label at head"),
                ]
                found = findings(done)
                if arguments:  # the first one is run, and the server says it itself
                    self.assertEqual([rule for rule, _ in found], ["seed-behind-schema", "seed-failed"])
                    self.assertEqual(found[0], behind[1])
                else:
                    self.assertEqual(found, behind)

    def test_nothing_configured(self):
        done = Project(self, seeds={}).run("seed-data-check")
        self.assertEqual(done.returncode, 0)
        self.assertIn("not configured: no [[seed-data]] and no scripts", done.stdout)

    def test_not_checked(self):
        project = Project(self, toml=TOML, seeds={"a1.py": "def seed(connection:\n"})
        self.assertEqual(self.check(project).returncode, 2)
        done = self.check(Project(self, toml=TOML), "--database", "postgresql://u:s3cret@127.0.0.1:1/x")
        self.assertEqual(done.returncode, 2)
        self.assertNotIn("s3cret", done.stdout + done.stderr)
        for other in (["--scratch"], ["--dsn", "dbname=x"]):
            done = self.check(Project(self, toml=TOML), "--database", "dbname=x", *other)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"and {other[0]} asks for one of its own", done.stderr)

    def test_sample_project(self):
        project = Project(self)
        project.folder = STOREFRONT
        done = self.check(project)
        self.assertEqual((done.returncode, findings(done)), (0, []), done.stderr)
        self.assertEqual(report(done)["summary"]["rows"], 6)


if __name__ == "__main__":
    unittest.main()
