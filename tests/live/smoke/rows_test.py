#!/usr/bin/env python3
"""smoke --rows: what fails on data alone."""

import json
import unittest

from smoke_project import STOREFRONT, USERS, Project, findings, smoke


def rows(done):
    return [run["rows"] for run in json.loads(done.stdout)["summary"]["runs"]]


class RowsTest(unittest.TestCase):
    maxDiff = None

    def test_sample_project(self):
        done = smoke(STOREFRONT, "--mode", "both", "--rows", "1000", "--format", "json")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for run in rows(done):
            self.assertEqual(run["not_filled"], [])
            self.assertEqual({each["rows"] for each in run["filled"]}, {1000})
            self.assertEqual(len(run["filled"]), 7)

    def test_what_fails_on_data(self):
        column = 'op.add_column("users", sa.Column("note", sa.Text()))'
        casts = "ALTER TABLE users ALTER note TYPE integer USING note::integer"
        modes = ["fresh", "upgrade-from-previous"]
        for last in (
            'op.alter_column("users", "note", nullable=False)',
            'op.create_unique_constraint("u", "users", ["note"])',
            f"op.execute({casts!r})",
            'op.execute("ALTER TABLE users ADD CHECK (length(note) < 2)")',
        ):
            with self.subTest(last):
                project = Project(self, [USERS, column, last])
                for mode in modes:
                    arguments = ("--mode", mode, "--rows", "100", "--format", "json")
                    done = project.smoke(*arguments)
                    self.assertEqual(done.returncode, 1, done.stderr)
                    (finding,) = findings(done)
                    self.assertEqual(finding["revision"], "r3")
                modes = ["upgrade-from-previous"]
        self.assertEqual(project.smoke("--mode", "fresh").returncode, 0)

    def test_before_an_earlier_one(self):
        column = 'op.add_column("users", sa.Column("note", sa.Text(), nullable=False))'
        project = Project(self, [USERS, column, "op.execute('SELECT 1')"])
        done = project.smoke("--rows", "10", "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(rows(done)[0]["filled"], [{"table": "users", "rows": 10}])
        done = project.smoke("--rows", "10", "--rows-before", "r2", "--format", "json")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(findings(done)[0]["revision"], "r2")
        done = project.smoke("--rows", "10", "--rows-before", "r1", "--format", "json")
        self.assertEqual((done.returncode, rows(done)[0]["filled"]), (0, []))

    def test_usage(self):
        project = Project(self, [USERS])
        for arguments in (
            ["--rows", "-1"],
            ["--rows-before", "r1"],
            ["--rows", "1", "--rows-before", "x"],
        ):
            done = project.smoke(*arguments)
            self.assertEqual(done.returncode, 2, done.stdout)
            self.assertIn("--rows", done.stderr)

    def test_tables_that_cannot_be_filled_are_named(self):
        table = "op.execute('CREATE TYPE pair AS (a int); CREATE TABLE odd (p pair NOT NULL)')"
        done = Project(self, [USERS, table, "op.execute('SELECT 1')"]).smoke("--rows", "5")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(
            "with 5 rows in 1 table; not filled: odd: no values are known for the type pair of p",
            done.stdout,
        )


if __name__ == "__main__":
    unittest.main()
