#!/usr/bin/env python3
"""What --version says, which a golden file cannot: it depends on the machine that built it."""

import os
import pathlib
import re
import subprocess
import unittest

BINARIES = pathlib.Path(os.environ["GAUGER_BIN"])
ROOT = pathlib.Path(os.environ["GAUGER_ROOT"])


def version(tool: pathlib.Path) -> str:
    return subprocess.run([tool, "--version"], capture_output=True, text=True, timeout=60, check=True).stdout


class VersionTest(unittest.TestCase):
    def test_every_executable_has_the_version_of_the_suite(self) -> None:
        declared = re.search(r"project\(gauger VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text()).group(1)
        tools = [path for path in BINARIES.iterdir() if (ROOT / "tools" / path.name).is_dir()]
        self.assertGreater(len(tools), 5)
        for tool in tools:
            self.assertEqual(version(tool).splitlines()[0], f"{tool.name} {declared}")

    def test_the_front_says_what_it_was_built_with(self) -> None:
        built_with = version(BINARIES / "gauger").splitlines()[1]
        self.assertNotIn("unknown", built_with)
        libraries = dict(re.findall(r"([\w+-]+(?: of PostgreSQL)?) (\d[\w.]*)(?:,|$)", built_with))
        pinned = (ROOT / "ci/requirements/sources.txt").read_text()
        self.assertEqual(libraries["tree-sitter"], re.search(r"tree-sitter==([0-9.]+)", pinned).group(1))
        for name in ("libpqxx", "libpq", "libpg_query of PostgreSQL", "fmt", "toml++", "nlohmann-json", "CLI11"):
            self.assertIn(name, libraries)


if __name__ == "__main__":
    unittest.main()
