#!/usr/bin/env python3
"""Runs every command that README.md tells a user, block after block as they stand there.

    readme_test.py [--live]

A block is ```sh. `<!-- test: status=1 folder=storefront live -->` before it says what its last command's exit status is
(default 0), in which project it runs (default: an old one that breaks every rule), and that it starts a server. The blocks
of "Install" are for ci/test_package, which builds everything once more. Also: what the workflow's example
gives to .github/workflows/gauger.yml is what that takes.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from typing import NamedTuple

import old_project

BINARIES = pathlib.Path(os.environ["GAUGER_BIN"])
ROOT = pathlib.Path(os.environ["GAUGER_ROOT"])
README = (ROOT / "README.md").read_text(encoding="utf-8")
LIVE = "--live" in sys.argv
BLOCK = re.compile(r"(?:<!-- test: (?P<marks>.*?) -->\n)?```(?P<language>\w*)\n(?P<text>.*?)```", re.DOTALL)


class Block(NamedTuple):
    section: str
    text: str
    status: int
    folder: str
    live: bool


def blocks(language: str) -> list[Block]:
    found = []
    for section in README.split("\n## ")[1:]:
        for match in BLOCK.finditer(section):
            if match["language"] == language:
                marks = dict(mark.partition("=")[::2] for mark in (match["marks"] or "").split())
                status, folder = int(marks.get("status", 0)), marks.get("folder", "old")
                title = section.splitlines()[0]
                found.append(Block(title, match["text"], status, folder, "live" in marks))
    return found


class ReadmeTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory(prefix="gauger-readme-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name).resolve()
        (self.folder / "bin").mkdir()
        (self.folder / "bin/gauger").symlink_to(BINARIES / "gauger")
        old_project.write(self.folder / "old", ROOT / "rules", 300)
        shutil.copytree(ROOT / "tests/projects/storefront", self.folder / "storefront")
        self.environment = {
            "PATH": f"{self.folder}/bin:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "VIRTUAL_ENV": str(pathlib.Path(sys.executable).parent.parent),
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_NAME": "Test",
            "GIT_AUTHOR_EMAIL": "test@example.com",
            "GIT_COMMITTER_NAME": "Test",
            "GIT_COMMITTER_EMAIL": "test@example.com",
        }
        for name in os.environ:
            if name.endswith("SAN_OPTIONS") or name == "GAUGER_POSTGRES_BIN":
                self.environment[name] = os.environ[name]
        commands = "git init -q -b main; git add .; git commit -qm main; git update-ref refs/remotes/origin/main HEAD"
        for project in ("old", "storefront"):
            self.run_in(project, commands)

    def run_in(self, project: str, text: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-eu", "-c", text],
            cwd=self.folder / project,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def test_every_command(self) -> None:
        run = [block for block in blocks("sh") if block.section != "Install" and block.live == LIVE]
        self.assertGreater(len(run), 0 if LIVE else 2)
        for block in run:
            done = self.run_in(block.folder, block.text)
            said = f"{block.text}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
            self.assertEqual(done.returncode, block.status, said)
            self.assertNotIn("usage", done.stderr)

    def test_no_command_stands_where_it_is_not_run(self) -> None:
        for language in ("console", "bash", "shell"):
            self.assertEqual(blocks(language), [])

    def test_install_commands_are_there(self) -> None:
        (install,) = (block for block in blocks("sh") if block.section == "Install")
        targets = re.findall(r"^make (\S+)", install.text, re.MULTILINE)
        self.assertEqual(targets, ["install", "package"])
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        for target in targets:
            self.assertIn(f"\n{target}: ", makefile)
        self.assertTrue((ROOT / "pyproject.toml").exists())

    def test_the_workflow_takes_what_the_example_gives(self) -> None:
        workflow = (ROOT / ".github/workflows/gauger.yml").read_text(encoding="utf-8")
        inputs = set(re.findall(r"^      ([\w-]+):$", workflow.split("\npermissions:")[0], re.MULTILINE))
        (example,) = (block.text for block in blocks("yaml") if "uses:" in block.text)
        given = set(re.findall(r"^      ([\w-]+): ", example.split("with:")[1], re.MULTILINE))
        self.assertIn("project", given)
        self.assertEqual(given - inputs, set())
        named = set(re.findall(r"`([\w-]+): ", README.split("## On GitHub")[1].split("\n## ")[0]))
        self.assertEqual(named - inputs, set())

    def test_pre_commit_has_the_ids(self) -> None:
        hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
        named = [each for block in blocks("yaml") for each in re.findall(r"- id: ([\w-]+)", block.text)]
        self.assertNotEqual(named, [])
        for each in named:
            self.assertIn(f"\n- id: {each}\n", hooks)


if __name__ == "__main__":
    unittest.main(argv=[argument for argument in sys.argv if argument != "--live"])
