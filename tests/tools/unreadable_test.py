#!/usr/bin/env python3
"""Files and folders that the user may not read, which root may: run as somebody else where the tests run as root."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

BINARIES = pathlib.Path(os.environ["GAUGER_BIN"])
NOBODY = 65534
TOOLS = ("check-heads", "check-linear-history")


def revision(id: str, down: str | None, day: int) -> str:
    return f'"""x\n\nCreate Date: 2024-01-{day:02} 10:00:00\n\n"""\n\nrevision = "{id}"\ndown_revision = {down!r}\n'


class UnreadableTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory(prefix="gauger-unreadable-")
        self.addCleanup(temporary.cleanup)
        self.home = pathlib.Path(temporary.name)
        self.home.chmod(0o755)
        # Where the executables lie may be closed to others, too.
        for tool in TOOLS:
            shutil.copy(BINARIES / tool, self.home / tool)
        self.folder = self.home / "project"
        for name, text in {
            "alembic.ini": "[alembic]\nscript_location = migrations\n",
            "migrations/versions/a1.py": revision("a1", None, 1),
            "migrations/versions/b2.py": revision("b2", "a1", 2),
            "migrations/versions/c3.py": revision("c3", "b2", 3),
        }.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.closed: list[tuple[pathlib.Path, int]] = []

    def tearDown(self) -> None:
        for path, mode in self.closed:
            path.chmod(mode)

    def close(self, name: str) -> None:
        path = self.folder / name
        self.closed.append((path, path.stat().st_mode & 0o777))
        path.chmod(0)

    def run_as_other(self, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        other = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        return subprocess.run(
            [self.home / tool, "--project", self.folder, *arguments],
            cwd=self.home,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            **other,
        )

    def test_an_unreadable_file_is_named_and_the_others_are_read(self) -> None:
        self.close("migrations/versions/c3.py")
        for tool in TOOLS:
            done = self.run_as_other(tool)
            self.assertEqual(done.returncode, 2, tool)
            self.assertIn("c3.py: cannot read the file: Permission denied", done.stderr)
            self.assertIn("could not check everything: 1 failure", done.stdout)
            self.assertIn("2 revisions", done.stdout)

    def test_an_unreadable_version_folder_is_named(self) -> None:
        self.close("migrations/versions")
        for tool in TOOLS:
            done = self.run_as_other(tool)
            self.assertEqual(done.returncode, 2, tool)
            self.assertIn("migrations/versions: cannot list the folder: Permission denied", done.stderr)
            self.assertNotIn("clean", done.stdout)

    def test_an_unreadable_ini_is_named(self) -> None:
        self.close("alembic.ini")
        for tool in TOOLS:
            done = self.run_as_other(tool)
            self.assertEqual(done.returncode, 2, tool)
            self.assertIn("alembic.ini: cannot read the file: Permission denied", done.stderr)

    def test_fix_leaves_a_folder_alone_that_it_may_not_write_to(self) -> None:
        path = self.folder / "migrations/versions/b2.py"
        path.write_text(revision("b2", "a1", 2).replace("2024-01-02", "2023-01-02"), encoding="utf-8")
        before = path.read_bytes()
        (self.folder / "migrations/versions").chmod(0o555)
        self.closed.append((self.folder / "migrations/versions", 0o755))
        done = self.run_as_other("check-linear-history", "--fix")
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn("b2.py: cannot write the file: Permission denied", done.stderr)
        self.assertEqual(path.read_bytes(), before)
        self.assertEqual(sorted(each.name for each in path.parent.iterdir()), ["a1.py", "b2.py", "c3.py"])


if __name__ == "__main__":
    unittest.main()
