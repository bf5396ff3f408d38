#!/usr/bin/env python3
""".pre-commit-hooks.yaml by the pre-commit framework itself, and `gauger hooks-install` beside it.
What pip would build of this repository is played by a package whose `gauger` is the one just built."""

import pathlib
import shutil
import subprocess
import sys
import unittest

from flow_project import BIN, Courses
from hook_test import ADD, DROP, HEAD, NICKNAME, NoServer

ROOT = pathlib.Path(__file__).resolve().parents[3]
PRE_COMMIT = pathlib.Path(sys.prefix) / "bin" / "pre-commit"
IDS = ["gauger-check", "check-heads", "check-linear-history", "migration-lint", "pr-migration-count"]

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "gauger"
version = "1"
"""
BACKEND = """
import zipfile

SCRIPT = '#!/bin/sh\\nexec "{gauger}" "$@"\\n'
METADATA = "Metadata-Version: 2.1\\nName: gauger\\nVersion: 1\\n"
WHEEL = "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"


def build_wheel(folder, settings=None, metadata=None):
    name = "gauger-1-py3-none-any.whl"
    with zipfile.ZipFile(folder + "/" + name, "w") as wheel:
        script = zipfile.ZipInfo("gauger-1.data/scripts/gauger")
        script.external_attr = 0o100755 << 16
        wheel.writestr(script, SCRIPT)
        wheel.writestr("gauger-1.dist-info/METADATA", METADATA)
        wheel.writestr("gauger-1.dist-info/WHEEL", WHEEL)
        wheel.writestr("gauger-1.dist-info/RECORD", "")
    return name
"""


class PreCommitTest(unittest.TestCase):
    maxDiff = None

    def project(self, ids, extra=""):
        """The sample project with these hooks, installed by the framework."""
        project = Courses(self, NoServer())
        shutil.rmtree(project.folder / ".git" / "hooks", ignore_errors=True)
        # Its `gauger` is the one that the framework has installed.
        project.environment["PATH"] = ":".join(
            [str(PRE_COMMIT.parent), *project.environment["PATH"].split(":")[1:]]
        )
        project.environment |= {
            "PRE_COMMIT_HOME": str(project.home / "pre-commit"),
            "PIP_NO_INDEX": "1",
            "VIRTUALENV_NO_PERIODIC_UPDATE": "1",
        }
        project.hooks = self.hooks_repository(project)
        revision = project.git("-C", project.hooks, "rev-parse", "HEAD").strip()
        (project.folder / ".pre-commit-config.yaml").write_text(
            f"repos:\n  - repo: {project.hooks}\n    rev: {revision}\n    hooks:\n"
            + "".join(f"      - id: {each}\n{extra}" for each in ids)
        )
        project.git("add", "-A")
        project.git("commit", "-q", "-m", "hooks")
        project.git("branch", "-f", "main", "HEAD")
        return project

    def hooks_repository(self, project):
        folder = project.home / "hooks"
        folder.mkdir()
        shutil.copy(ROOT / ".pre-commit-hooks.yaml", folder)
        (folder / "pyproject.toml").write_text(PYPROJECT)
        (folder / "backend.py").write_text(BACKEND.replace("{gauger}", str(BIN / "gauger")))
        project.git("-C", folder, "init", "-q")
        project.git("-C", folder, "add", "-A")
        project.git("-C", folder, "commit", "-q", "-m", "hooks")
        return folder

    def install(self, project):
        done = project.run(PRE_COMMIT, "install")
        self.assertEqual(done.returncode, 0, done.all)

    def undo(self, project):
        project.git("reset", "-q", "--hard")
        project.git("clean", "-q", "-f", "-d")

    def assert_refused(self, done, *words):
        self.assertNotEqual(done.returncode, 0, done.all)
        for word in words:
            self.assertIn(word, done.all)

    def change_models(self, project):
        project.edit("app/schema/people.py", "    created_at", NICKNAME + "    created_at")

    def test_ids(self):
        """Each passes on what is in order, and fails on what it is there for."""
        text = (ROOT / ".pre-commit-hooks.yaml").read_text()
        self.assertEqual(text.count("- id: "), 2 * len(IDS) - 3)  # two of them in its head
        project = self.project(IDS, "        verbose: true\n")
        self.install(project)
        self.change_models(project)
        project.add_revision("aaaa11112222", HEAD, ADD)
        done = project.commit("a nickname")
        self.assertEqual(done.returncode, 0, done.all)
        self.assertEqual(done.all.count("Passed"), len(IDS))
        self.assertIn("check-heads: clean (4 revisions, 1 head)", done.all)

        def two_heads():
            project.add_revision("bbbb33334444", HEAD, ADD.replace("nickname", "city"))

        def drops():
            project.add_revision("bbbb33334444", "aaaa11112222", DROP)

        def early():
            project.add_revision("bbbb33334444", "aaaa11112222", ADD.replace("nickname", "city"))
            (path,) = project.versions.glob("*bbbb33334444*")
            path.write_text(path.read_text().replace("Date: 2026", "Date: 2020"))

        def edits():
            (path, *_) = sorted(project.versions.glob("*.py"))
            path.write_text(path.read_text().replace("length=40", "length=80"))

        def deletes():
            """A commit that has no file of any type in it."""
            (path, *_) = project.versions.glob("*aaaa11112222*")
            path.unlink()

        for hook, break_it, rule in (
            ("gauger-check", drops, "destructive-operation"),
            ("check-heads", two_heads, "several-heads"),
            ("check-linear-history", early, "date-before-parent"),
            ("migration-lint", drops, "destructive-operation"),
            ("pr-migration-count", edits, "applied-revision-edited"),
        ):
            with self.subTest(hook):
                break_it()
                done = project.commit("bad", SKIP=",".join(set(IDS) - {hook}))
                self.assert_refused(done, f"error[{rule}]", "Failed", f"hook id: {hook}")
                self.undo(project)
        project.git("branch", "-f", "main", "HEAD")
        deletes()
        self.assert_refused(project.commit("bad"), "error[applied-revision-deleted]")
        self.undo(project)
        # What is not staged is put aside by the framework, and comes back.
        self.change_models_again(project)

    def change_models_again(self, project):
        project.edit("app/schema/people.py", "nickname: Mapped", "name: Mapped")
        before = project.state()
        (project.folder / "notes.txt").write_text("notes\n")
        project.git("add", "notes.txt")
        done = project.run("git", "commit", "-q", "-m", "notes")
        self.assertEqual(done.returncode, 0, done.all)
        self.assertEqual({**before, "notes.txt": b"notes\n"}, project.state())

    def test_what_is_installed(self):
        """`language: system` takes the `gauger` on the PATH, and builds nothing."""
        project = self.project(["check-heads"], "        language: system\n")
        project.environment["PATH"] = f"{BIN}:{project.environment['PATH']}"
        self.install(project)
        project.add_revision("bbbb33334444", "c84e02d6f1a7", ADD)
        done = project.commit("bad")
        self.assert_refused(done, "several-heads")
        self.assertNotIn("Installing environment", done.all)

    def test_try_repo(self):
        project = self.project(["check-heads"])
        done = project.run(PRE_COMMIT, "try-repo", project.hooks, "migration-lint", "--all-files")
        self.assertEqual(done.returncode, 0, done.all)
        self.assertIn("gauger: migration lint", done.all)

    def test_beside_hooks_install(self):
        """Whichever comes first: both run, and installing them once more changes nothing."""
        ours = [BIN / "gauger", "hooks-install"]
        theirs = [PRE_COMMIT, "install"]
        for steps in ([theirs, ours], [ours, theirs], [theirs, ours, theirs, ours]):
            with self.subTest(steps):
                project = self.project(["check-heads"])
                hooks = project.folder / ".git" / "hooks"
                for words in steps:
                    done = project.run(*words)
                    self.assertEqual(done.returncode, 0, done.all)
                self.assertEqual(
                    (hooks / "pre-commit.legacy").read_text().count(">>> gauger"), 1
                )
                self.assertIn("by pre-commit", (hooks / "pre-commit").read_text())
                project.add_revision("bbbb33334444", HEAD, DROP)
                done = project.commit("bad")
                self.assert_refused(done, "destructive-operation", "gauger: one head", "Passed")
                self.undo(project)
                project.add_revision("bbbb33334444", "c84e02d6f1a7", ADD)
                done = project.commit("bad", SKIP_GIT_MIGRATION_HOOK="1")
                self.assert_refused(done, "several-heads", "hook id: check-heads")
                self.undo(project)
                project.add_revision("bbbb33334444", HEAD, ADD)
                done = project.commit("good")
                self.assertEqual(done.returncode, 0, done.all)


if __name__ == "__main__":
    unittest.main()
