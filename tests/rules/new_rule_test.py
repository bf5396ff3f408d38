"""ci/new_rule makes a room with all its parts and puts it into the catalogue."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["GAUGER_ROOT"])


class NewRule(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "rules").mkdir()
        shutil.copy(ROOT / "rules/catalog.cpp", self.root / "rules")

    def make(self, name: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, ROOT / "ci/new_rule", "--root", self.root, name]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def lines(self, start: str) -> list[str]:
        catalog = (self.root / "rules/catalog.cpp").read_text(encoding="utf-8").splitlines()
        return [line for line in catalog if line.startswith(start)]

    def test_a_room_with_all_parts(self) -> None:
        self.assertEqual(self.make("index-not-concurrent").returncode, 0)
        room = self.root / "rules/index_not_concurrent"
        parts = {path.relative_to(room).parts[0] for path in room.rglob("*") if path.is_file()}
        self.assertEqual(parts, {"index_not_concurrent.hpp", "index_not_concurrent.cpp", "README.md", "cases"})
        self.assertEqual({path.name for path in (room / "cases").iterdir()}, {"bad_example", "good_example"})
        self.assertIn('.id = "index-not-concurrent"', (room / "index_not_concurrent.cpp").read_text(encoding="utf-8"))

    def test_the_catalogue_stays_in_order(self) -> None:
        for name in ("aa-first", "index-not-concurrent", "zz-last"):
            self.assertEqual(self.make(name).returncode, 0)
        for start, line in (
            ('#include "rules/', '#include "rules/index_not_concurrent/index_not_concurrent.hpp"'),
            ("      &", "      &index_not_concurrent,"),
        ):
            found = [each for each in self.lines(start) if each != '#include "rules/catalog.hpp"']
            self.assertIn(line, found)
            self.assertEqual(found, sorted(found))

    def test_it_refuses_a_bad_name_and_a_room_that_is_there(self) -> None:
        for name in ("Index-Not", "index_not_concurrent", "index", "../x-y", ""):
            self.assertEqual(self.make(name).returncode, 2, name)
        self.assertEqual(self.make("index-not-concurrent").returncode, 0)
        before = self.lines("")
        again = self.make("index-not-concurrent")
        self.assertEqual(again.returncode, 2)
        self.assertIn("is there already", again.stderr)
        self.assertEqual(self.lines(""), before)


if __name__ == "__main__":
    unittest.main()
