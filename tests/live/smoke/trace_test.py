#!/usr/bin/env python3
"""What smoke measures of each statement, held to what PostgreSQL is known to do."""

import json
import unittest

import psycopg

from smoke_project import ASYNC_ENV, ENV, USERS, Project, other_server

TABLES = f"""
{USERS}
op.execute("CREATE TABLE orders (id int PRIMARY KEY, user_id int, note varchar(20))")
op.execute("CREATE INDEX ix_orders_note ON orders (note)")
op.execute("INSERT INTO orders SELECT 1, 1, 'a' WHERE false")
"""

# The statement, the locks that it takes on tables that were there before, and its work.
# Source: tests/data/postgres_truth.tsv.
CASES = [
    ("ALTER TABLE orders ADD COLUMN a int", {"orders": "ACCESS EXCLUSIVE"}, []),
    (
        "ALTER TABLE orders ALTER COLUMN note TYPE varchar(10)",
        {"orders": "ACCESS EXCLUSIVE"},
        [("rewrite", "orders", None), ("index_build", "orders", "ix_orders_note"),
         ("index_build", "orders", "orders_pkey")],
    ),
    (
        "CREATE INDEX ix_orders_user ON orders (user_id)",
        {"orders": "SHARE"},
        [("index_build", "orders", "ix_orders_user")],
    ),
    (
        "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users",
        {"orders": "SHARE ROW EXCLUSIVE", "users": "SHARE ROW EXCLUSIVE"},
        [("foreign_key_scan", "orders", "fk")],
    ),
    (
        "ALTER TABLE orders ALTER COLUMN user_id SET NOT NULL",
        {"orders": "ACCESS EXCLUSIVE"},
        [("scan", "orders", None)],
    ),
    ("UPDATE orders SET note = 'b'", {"orders": "ROW EXCLUSIVE"}, [("row_change", "orders", None)]),
    ("CREATE TABLE extra (id int PRIMARY KEY)", {}, []),
    ("SELECT count(*) FROM orders", {"orders": "ACCESS SHARE"}, []),
]
CONCURRENTLY = [
    (
        "CREATE INDEX CONCURRENTLY ix_later ON orders (user_id)",
        {"orders": "SHARE UPDATE EXCLUSIVE"},
        [("index_build", "orders", "ix_later")],
    ),
    ("DROP INDEX CONCURRENTLY ix_orders_note", {"orders": "SHARE UPDATE EXCLUSIVE"}, []),
    (
        "ALTER TABLE orders ALTER COLUMN note SET NOT NULL",
        {"orders": "ACCESS EXCLUSIVE"},
        [("scan", "orders", None)],
    ),
    ("UPDATE orders SET user_id = 2", {"orders": "ROW EXCLUSIVE"}, [("row_change", "orders", None)]),
]


def run(sql):
    return f"op.execute({sql!r})"


def autocommit(*statements):
    lines = "\n".join("    " + run(each) for each in statements)
    return f"with op.get_context().autocommit_block():\n{lines}"


def measured(summary):
    """By revision: statement, locks, work."""
    result = {}
    for migration in summary["runs"][-1]["migrations"]:
        result[migration["revision"]] = [
            (
                each["statement"].strip(),
                {lock["table"]: lock["lock"] for lock in each["locks"]},
                sorted((w["kind"], w["table"], w["object"]) for w in each["work"]),
            )
            for each in migration["statements"]
        ]
    return result


DRIVERS = {
    "psycopg2": ENV,
    **({} if __import__("sqlalchemy").__version__.startswith("1.") else {"psycopg": ENV}),
    "asyncpg": ASYNC_ENV,
}


class TraceTest(unittest.TestCase):
    maxDiff = None

    def check(self, driver, options, one_each):
        project = Project(
            self,
            [TABLES, *(run(sql) for sql, _, _ in CASES), autocommit(*(c[0] for c in CONCURRENTLY))],
            options=options,
            env=DRIVERS[driver],
        )
        url = f"postgresql+{driver}://nobody@nowhere/nothing"
        done = project.smoke("--format", "json", "--mode", "fresh", DATABASE_URL=url)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        summary = json.loads(done.stdout)["summary"]
        self.assertEqual(summary["driver"], driver)
        losses = " ".join(summary["runs"][0]["not_seen"])
        self.assertEqual("once more" in losses, not one_each)
        self.assertEqual(losses == "", one_each)
        found = measured(summary)
        # On its own tables a migration does nothing of note.
        self.assertEqual([each[1:] for each in found["r1"]], [({}, [])] * 4)
        for number, (sql, locks, work) in enumerate(CASES, 2):
            with self.subTest(sql=sql):
                ((text, seen, done_work),) = found[f"r{number}"]
                self.assertEqual(text, sql)
                self.assertEqual(done_work, sorted(work))
                if one_each:
                    self.assertEqual(seen, locks)
        last = found[f"r{len(CASES) + 2}"]
        self.assertEqual([each[0] for each in last], [each[0] for each in CONCURRENTLY])
        for (text, seen, done_work), (_, locks, work) in zip(last, CONCURRENTLY):
            with self.subTest(text=text):
                self.assertEqual((seen, done_work), (locks, work))
        return summary

    def test_each_driver(self):
        for driver in DRIVERS:
            with self.subTest(driver=driver):
                self.check(driver, "{'transaction_per_migration': True}", True)

    def test_one_transaction(self):
        # What an earlier migration holds is not taken again, but is held.
        summary = self.check("psycopg2", "{}", False)
        statement = summary["runs"][0]["migrations"][2]["statements"][0]
        self.assertIn({"table": "orders", "lock": "ACCESS EXCLUSIVE"}, statement["held"])
        self.assertEqual(statement["locks"], [])

    def test_lines_and_helpers(self):
        helper = (
            "from alembic import op\n\ndef add(name):\n"
            "    op.execute(f'ALTER TABLE users ADD {name} int')\n"
        )
        project = Project(self, [USERS, "from helpers import add\nadd('a')\nadd('b')"])
        project.write("helpers.py", helper)
        statements = project.summary()["runs"][0]["migrations"][1]["statements"]
        self.assertEqual(
            [(each["path"], each["line"]) for each in statements],
            [("migrations/versions/r2.py", 11), ("migrations/versions/r2.py", 12)],
        )

    def test_what_others_do(self):
        # Another session of the project's, another search_path, another role, a COMMIT.
        project = Project(
            self,
            [
                USERS + "\nop.execute('CREATE SCHEMA app CREATE TABLE users (id int)')\n"
                "op.execute('CREATE ROLE gauger_reader')\n"
                "op.execute('GRANT ALL ON SCHEMA app TO gauger_reader')",
                "import os\n"
                "with sa.create_engine(os.environ['DATABASE_URL']).begin() as other:\n"
                "    other.execute(sa.text('ALTER TABLE users ADD a int'))",
                "op.execute('SET LOCAL search_path = app')\n"
                "op.execute('ALTER TABLE users ALTER id TYPE bigint')\n"
                "op.execute('SET LOCAL search_path = public')",
                "op.execute('SET LOCAL ROLE gauger_reader')\n"
                "op.execute('CREATE TABLE app.theirs (id int)')\n"
                "op.execute('RESET ROLE')\nop.execute('DROP OWNED BY gauger_reader')\n"
                "op.execute('DROP ROLE gauger_reader')",
                "op.execute('COMMIT')\nop.execute('CREATE INDEX CONCURRENTLY i ON users (a)')",
            ],
            options="{'transaction_per_migration': True}",
        )
        done = project.smoke(
            "--format", "json", DATABASE_URL="postgresql+psycopg2://nobody@nowhere/nothing"
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        found = measured(json.loads(done.stdout)["summary"])
        self.assertEqual(found["r2"][0][1], {"users": "ACCESS EXCLUSIVE"})
        self.assertEqual(
            found["r3"][1][1:],
            ({"app.users": "ACCESS EXCLUSIVE"}, [("rewrite", "app.users", None)]),
        )
        self.assertEqual(
            found["r5"][1][1:],
            ({"users": "SHARE UPDATE EXCLUSIVE"}, [("index_build", "users", "i")]),
        )

    def test_what_is_taken_anew(self):
        """After it was given back: at a savepoint, and where the driver itself commits, which
        nobody is told of."""
        add = "op.execute('ALTER TABLE users ADD {} int')"
        savepoint = "\n".join([
            "op.execute('SAVEPOINT s')", add.format("a"), "op.execute('ROLLBACK TO SAVEPOINT s')",
            add.format("a"), add.format("b"),
        ])
        commit = "\n".join([
            add.format("c"), "op.get_bind().connection.commit()", add.format("d"),
        ])
        project = Project(self, [USERS, savepoint, commit])
        done = project.smoke(
            "--format", "json", DATABASE_URL="postgresql+psycopg2://nobody@nowhere/nothing"
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        found = measured(json.loads(done.stdout)["summary"])
        exclusive = {"users": "ACCESS EXCLUSIVE"}
        # The table was made in the transaction that the first two share.
        self.assertEqual([locks for _, locks, _ in found["r2"]], [{}] * 5)
        self.assertEqual([locks for _, locks, _ in found["r3"]], [{}, exclusive])
        options = "{'transaction_per_migration': True}"
        found = measured(Project(self, [USERS, savepoint], options=options).summary())
        self.assertEqual(
            [locks for _, locks, _ in found["r2"]], [{}, exclusive, {}, exclusive, {}]
        )

    def test_what_is_not_named(self):
        """A table that the transaction holds as strongly as can be leaves nothing to be looked at,
        but for what the statement reaches beyond it."""
        function = (
            "CREATE FUNCTION next_note() RETURNS text LANGUAGE plpgsql VOLATILE AS $$"
            " BEGIN INSERT INTO users DEFAULT VALUES; RETURN 'a'; END $$"
        )
        project = Project(
            self,
            [
                TABLES + run(function) + "\n" + run("CREATE TABLE child () INHERITS (orders)")
                + "\n" + run("CREATE TABLE lines (id int)") + "\n"
                + run("INSERT INTO lines VALUES (1)"),
                autocommit("SELECT 1"),
                run("LOCK TABLE ONLY orders, lines IN ACCESS EXCLUSIVE MODE"),
                run("ALTER TABLE lines ADD COLUMN a int"),
                run("ALTER TABLE orders ADD COLUMN b int"),
                run("ALTER TABLE lines ADD COLUMN note text DEFAULT next_note()"),
            ],
        )
        found = measured(project.summary())
        exclusive = "ACCESS EXCLUSIVE"
        self.assertEqual(found["r3"][0][1], {"orders": exclusive, "lines": exclusive})
        self.assertEqual(found["r4"][0][1], {})
        self.assertEqual(found["r5"][0][1], {"child": exclusive})
        self.assertEqual(found["r6"][0][1:], ({"users": "ROW EXCLUSIVE"}, [("rewrite", "lines", None)]))

    def test_tables_that_change_on_the_way(self):
        rename = "DO $$ BEGIN ALTER TABLE orders RENAME TO purchases; END $$"
        for options in ("{}", "{'transaction_per_migration': True}"):
            with self.subTest(options=options):
                project = Project(
                    self,
                    [
                        TABLES,
                        run("ALTER TABLE orders ADD COLUMN a int"),
                        run("ALTER TABLE orders ADD COLUMN b int") + "\n" + run(rename),
                        run("ALTER TABLE purchases ADD COLUMN c int"),
                        run("CREATE TABLE later (id int)"),
                        run("ALTER TABLE later ADD COLUMN d int"),
                    ],
                    options=options,
                )
                (run_,) = project.summary()["runs"]
                held = [each["statements"][-1]["held"] for each in run_["migrations"]]
                for number, table in ((1, "orders"), (3, "purchases"), (5, "later")):
                    self.assertEqual(held[number], [{"table": table, "lock": "ACCESS EXCLUSIVE"}])

    def test_losses_are_told(self):
        project = Project(self, [USERS, "op.execute('SET client_min_messages = warning')"])
        done = project.smoke()
        self.assertIn("not seen: rewrites, scans and index builds after a migration", done.stderr)

    def test_a_weak_role(self):
        """One that can make databases and nothing else sees of its own tables all that there is;
        what it may not lock the report tells."""
        url = "postgresql+psycopg2://nobody@nowhere/nothing"
        options = "{'transaction_per_migration': True}"
        later = autocommit("CREATE INDEX CONCURRENTLY i ON users (id)")
        rewrite = run("ALTER TABLE users ALTER id TYPE bigint")
        own = Project(self, [USERS, rewrite, later], options=options)
        revoked = Project(
            self, [f"{USERS}\n" + run("REVOKE ALL ON users FROM weak"), later], options=options
        )
        with other_server() as dsn:
            with psycopg.connect(dsn, autocommit=True) as connection:
                connection.execute("CREATE ROLE weak LOGIN CREATEDB")
            weak = ["--format", "json", "--mode", "fresh", "--dsn", dsn.replace("postgres@", "weak@")]
            done = own.smoke(*weak, DATABASE_URL=url)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            summary = json.loads(done.stdout)["summary"]
            self.assertEqual(summary["runs"][0]["not_seen"], [])
            found = measured(summary)
            self.assertEqual(
                (found["r2"][0][1], found["r3"][0][1:]),
                (
                    {"users": "ACCESS EXCLUSIVE"},
                    ({"users": "SHARE UPDATE EXCLUSIVE"}, [("index_build", "users", "i")]),
                ),
            )
            self.assertIn(("rewrite", "users", None), found["r2"][0][2])
            done = revoked.smoke(*weak, DATABASE_URL=url)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            summary = json.loads(done.stdout)["summary"]
            self.assertEqual(
                summary["runs"][0]["not_seen"],
                ["some locks of statements outside a transaction: the tables could not be locked"],
            )
            # What the server itself says is there all the same.
            self.assertEqual(measured(summary)["r2"][0][2], [("index_build", "users", "i")])

    def test_table_of_the_heaviest(self):
        slow = "op.execute('SELECT pg_sleep(0.2)')\nop.execute('ALTER TABLE users ADD b int')"
        options = "{'transaction_per_migration': True}"
        done = Project(self, [USERS, slow], options=options).smoke()
        lines = [line for line in done.stderr.splitlines() if not line.startswith("smoke: fresh:")]
        self.assertEqual(lines[0], "the heaviest statements:")
        self.assertRegex(lines[1], r"^ +2\d\d\.\d ms  r2  SELECT pg_sleep\(0\.2\)$")
        self.assertIn("-- ACCESS EXCLUSIVE on users", done.stderr)
        self.assertLessEqual(len(lines), 11)

    def test_without_a_trace(self):
        project = Project(self, [USERS])
        done = project.smoke("--no-trace", "--format", "json")
        (migration,) = json.loads(done.stdout)["summary"]["runs"][0]["migrations"]
        self.assertIsNone(migration["statements"])
        self.assertNotIn("heaviest", done.stderr)


if __name__ == "__main__":
    unittest.main()
