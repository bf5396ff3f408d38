"""What the makefile fragment calls: a program stands in for `gauger` and prints its arguments."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

FRAGMENT = pathlib.Path(os.environ["GAUGER_ROOT"]) / "tools" / "gauger" / "gauger.mk"
STAND_IN = """#!/bin/sh
for each in "$@"; do printf '[%s]' "$each"; done
echo " confirmed='$CONFIRM_DB_NUKE' base='$MIGRATION_BASE_REF'"
"""


class MakefileTest(unittest.TestCase):
    def make(self, *arguments: str, before: str = "", **variables: str) -> str:
        folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        program = folder / "gauger"
        program.write_text(STAND_IN)
        program.chmod(0o755)
        (folder / "Makefile").write_text(
            f"{before}\nGAUGER := {program}\nall: ; @echo the first\ninclude {FRAGMENT}\n"
        )
        clean = {
            name: value
            for name, value in os.environ.items()
            if name not in ("CONFIRM_DB_NUKE", "MIGRATION_BASE_REF", "MAKEFLAGS", "MAKEOVERRIDES")
        }
        return subprocess.run(
            ["make", "--no-print-directory", *arguments],
            cwd=folder,
            env=clean | variables,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout.replace(" confirmed='' base=''", "")

    def test_what_is_given(self):
        message = "it's \"$$(date)\"; `date` é"
        told = message.replace("$$", "$")
        self.assertEqual(
            self.make("migration", f"m={message}"), f"[migration-auto][--plain][-m][{told}]\n"
        )
        self.assertEqual(
            self.make("migration-auto", "m=x", "SEED=1"), "[migration-auto][--seed][-m][x]\n"
        )
        self.assertEqual(self.make("downgrade"), "[migrate][--downgrade=-1]\n")
        self.assertEqual(self.make("downgrade", "REV=a1"), "[migrate][--downgrade=a1]\n")
        self.assertEqual(self.make("db-heads"), "[check-heads]\n")
        self.assertEqual(
            self.make("db-heads", "BASE=origin/x y"), "[check-heads][--base][origin/x y]\n"
        )
        self.assertEqual(
            self.make("migration-squash", "m=x", "FORCE=1", "BASE=main"),
            "[migration-squash][--base][main][--force][-m][x]\n",
        )
        self.assertIn("[drift] confirmed='' base='main'", self.make("db-check", "BASE=main"))

    def test_environment(self):
        self.assertEqual(self.make("db-heads", BASE="main"), "[check-heads][--base][main]\n")
        self.assertEqual(
            self.make("db-nuke", CONFIRM_DB_NUKE="1"), "[db-nuke] confirmed='1' base=''\n"
        )

    def test_confirmation(self):
        self.assertEqual(self.make("db-nuke"), "[db-nuke]\n")
        self.assertEqual(self.make("db-nuke", "CONFIRM_DB_NUKE=yes"), "[db-nuke]\n")
        self.assertEqual(
            self.make("db-nuke", "CONFIRM_DB_NUKE=1", "VOLUME=1"),
            "[db-nuke][--volume] confirmed='1' base=''\n",
        )

    def test_variables_of_the_project(self):
        mine = (
            "m := clean\nBASE ?= python:3.12\nREV := $(shell echo c0ffee)\nVOLUME := data\n"
            "SEED = 42\nFORCE = yes\nCONFIRM_DB_NUKE = 1\n"
        )
        self.assertEqual(self.make("downgrade", before=mine), "[migrate][--downgrade=-1]\n")
        self.assertEqual(self.make("db-heads", before=mine), "[check-heads]\n")
        self.assertEqual(self.make("db-nuke", before=mine), "[db-nuke]\n")
        self.assertEqual(
            self.make("migration-auto", "m=x", before=mine), "[migration-auto][-m][x]\n"
        )
        self.assertEqual(
            self.make("migration-squash", "m=x", before=mine), "[migration-squash][-m][x]\n"
        )

    def test_targets(self):
        self.assertEqual(self.make(), "the first\n")
        listed = self.make("help")
        self.assertIn("  make db-nuke ", listed)
        prefixed = "GAUGER_TARGET_PREFIX := alembic-"
        self.assertEqual(self.make("alembic-migrate", before=prefixed), "[migrate]\n")
        self.assertIn("  make alembic-db-nuke ", self.make("alembic-help", before=prefixed))


if __name__ == "__main__":
    unittest.main()
