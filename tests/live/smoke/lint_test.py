#!/usr/bin/env python3
"""What migration-lint says of the migrations, held to what the server did."""

import json
import unittest

from smoke_project import USERS, Project

TABLES = f"""
{USERS}
op.execute("CREATE TABLE notes (id int, text varchar(50), length int)")
"""
INDEX = 'op.create_index("{0}", "users", ["id"])'


class LintTest(unittest.TestCase):
    maxDiff = None

    def test_comparison(self):
        project = Project(
            self,
            [
                TABLES,
                INDEX.format("ix_users_id"),
                # It may run, for all that is known, and does not.
                'op.execute("DO $$ BEGIN IF false THEN CREATE INDEX ix_no ON users (id); END IF; END $$")',
                'op.alter_column("notes", "length", type_=sa.BigInteger())',
                "if op.get_bind().execute(sa.text('SELECT false')).scalar():\n    "
                + INDEX.format("ix_never"),
                "# gauger: ignore[index-not-concurrent] it is small\n" + INDEX.format("ix_again"),
                "op.execute('SET LOCAL lock_timeout = 1000')\n"
                "op.execute('ALTER TABLE notes ADD FOREIGN KEY (id) REFERENCES users')",
            ],
            options="{'transaction_per_migration': True}",
        )
        done = project.smoke("--format", "json")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        lint = json.loads(done.stdout)["summary"]["migration_lint"]
        verdicts = {(each["revision"], each["rule"]): each for each in lint["findings"]}
        self.assertEqual(
            {key: each["verdict"] for key, each in verdicts.items()},
            {
                ("r2", "index-not-concurrent"): "confirmed",
                ("r3", "index-not-concurrent"): "refuted",
                ("r4", "table-rewritten-by-type-change"): "confirmed",
                ("r5", "index-not-concurrent"): "not measured",
                ("r7", "foreign-key-validated-at-once"): "confirmed",
            },
        )
        index = verdicts["r2", "index-not-concurrent"]
        self.assertEqual((index["path"], index["line"]), ("migrations/versions/r2.py", 10))
        self.assertEqual(index["measured"], "SHARE on users; builds an index of users")
        self.assertEqual(
            [(each["revision"], each["line"], each["measured"]) for each in lint["not_said"]],
            [("r6", 11, "SHARE on users; builds an index of users")],
        )
        self.assertIn(
            "what migration-lint says of this: 3 confirmed, 1 refuted, 1 not measured; 1 not said\n",
            done.stderr,
        )
        self.assertIn(
            "  confirmed     index-not-concurrent at migrations/versions/r2.py:10: SHARE on users; "
            "builds an index of users\n",
            done.stderr,
        )

    def test_without_a_trace(self):
        done = Project(self, [USERS, INDEX.format("ix")]).smoke("--no-trace", "--format", "json")
        self.assertIsNone(json.loads(done.stdout)["summary"]["migration_lint"])


if __name__ == "__main__":
    unittest.main()
