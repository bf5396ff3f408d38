#!/usr/bin/env python3
"""What the action's scripts do on a runner: the scripts of .github/actions/gauger, with a runner's variables."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

BINARIES = pathlib.Path(os.environ["GAUGER_BIN"])
ROOT = pathlib.Path(os.environ["GAUGER_ROOT"])
ACTION = ROOT / ".github/actions/gauger"
LIMIT = 1 << 20


def revision(identifier: str, parent: str) -> str:
    return (
        f'"""Add {identifier}\n\nRevision ID: {identifier}\nRevises: {parent}\nCreate Date: 2026-01-01 00:00:00\n"""\n'
        f'from alembic import op\n\nrevision = "{identifier}"\ndown_revision = "{parent}"\n\n\n'
        'def upgrade():\n    op.drop_table("payments")\n'
    )


class ActionTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory(prefix="gauger-action-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name).resolve()
        for name in ("bin", "runner/gauger-bin"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "bin/gauger").symlink_to(BINARIES / "gauger")
        self.workspace = self.folder / "workspace"
        shutil.copytree(ROOT / "tests/projects/storefront", self.workspace / "shop")
        self.summary, self.output = self.folder / "summary.md", self.folder / "output"
        self.summary.touch()
        self.environment = {
            "PATH": f"{self.folder}/bin:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "GITHUB_ACTIONS": "true",
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_PATH": str(self.folder / "path"),
            "GITHUB_BASE_REF": "main",
            "RUNNER_TEMP": str(self.folder / "runner"),
            "PACKAGE": "",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_NAME": "Test",
            "GIT_AUTHOR_EMAIL": "test@example.com",
            "GIT_COMMITTER_NAME": "Test",
            "GIT_COMMITTER_EMAIL": "test@example.com",
        }
        self.environment |= {name: os.environ[name] for name in os.environ if name.endswith("SAN_OPTIONS")}
        for command in ("init -q -b main", "add .", "commit -qm main", "update-ref refs/remotes/origin/main HEAD"):
            self.shell(f"git {command}")
        self.shell("git switch -q -c feature")

    def shell(self, command: str, status: int = 0, **environment: str) -> str:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.workspace,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.assertEqual(done.returncode, status, f"{command}:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def check(self, name: str, status: int = 0, **environment: str) -> str:
        return self.shell(f'"{ACTION}/run"', status, CHECK=name, PROJECT="shop", **environment)

    def add_revision(self, identifier: str, parent: str) -> None:
        path = self.workspace / f"shop/migrations/versions/{identifier}.py"
        path.write_text(revision(identifier, parent), encoding="utf-8")
        self.shell("git add . && git commit -qm change")

    def sarif(self) -> dict:
        (line,) = self.output.read_text(encoding="utf-8").splitlines()
        return json.loads(pathlib.Path(line.removeprefix("sarif=")).read_bytes())

    def test_clean_check_draws_the_history(self) -> None:
        self.assertIn("check-heads: clean (15 revisions, 1 head", self.check("check-heads"))
        summary = self.summary.read_text(encoding="utf-8")
        self.assertEqual(summary.count("```mermaid\nflowchart BT"), 1)
        self.assertIn("907d6bf2c3a8", summary)
        self.assertEqual(self.sarif()["runs"][0]["results"], [])

    def test_finding_is_annotated_summed_up_and_kept_as_sarif(self) -> None:
        self.add_revision("bad", "907d6bf2c3a8")
        output = self.check("migration-lint", status=1)
        self.assertIn("::error file=shop/migrations/versions/bad.py,line=", output)
        self.assertEqual(self.summary.read_text(encoding="utf-8").count("destructive-operation"), 1)
        (run,) = self.sarif()["runs"]
        self.assertIn("destructive-operation", [result["ruleId"] for result in run["results"]])
        self.assertEqual(run["automationDetails"]["id"], "gauger/shop/")

    def test_collision_with_the_base_is_found(self) -> None:
        self.add_revision("mine", "907d6bf2c3a8")
        self.shell("git switch -q --detach main")
        self.add_revision("theirs", "907d6bf2c3a8")
        self.shell("git update-ref refs/remotes/origin/main HEAD && git switch -q feature")
        self.assertIn("merged with 'origin/main', the history has 2 heads", self.check("check-heads", status=1))

    def test_only_what_is_new_is_linted(self) -> None:
        self.add_revision("old", "907d6bf2c3a8")
        self.shell("git update-ref refs/remotes/origin/main HEAD")
        self.add_revision("new", "old")
        output = self.check("migration-lint", status=1)
        self.assertIn("versions/new.py", output)
        self.assertNotIn("versions/old.py", output)
        event = self.folder / "event.json"
        event.write_text(json.dumps({"merge_group": {"base_sha": self.shell("git rev-parse HEAD").strip()}}))
        queue = {"GITHUB_BASE_REF": "", "GITHUB_EVENT_NAME": "merge_group", "GITHUB_EVENT_PATH": str(event)}
        self.check("migration-lint", **queue)

    def test_what_could_not_be_checked_is_no_success(self) -> None:
        self.check("pr-migration-count", status=2, GITHUB_BASE_REF="gone")
        self.check("no-such-check", status=2)

    def test_graph_stays_within_the_limit(self) -> None:
        self.summary.write_text("x" * (LIMIT - 5000), encoding="utf-8")
        for number in range(60):
            self.add_revision(f"head_{number:02}_{'long' * 10}", "907d6bf2c3a8")
        self.check("check-heads", status=1)
        self.assertLess(self.summary.stat().st_size, LIMIT)

    def test_projects_are_listed_for_a_matrix(self) -> None:
        command = f'"{ACTION}/projects"'
        self.shell(command, PROJECT=".")
        self.shell(command, PROJECT=".", BASE="main")
        self.add_revision("new", "907d6bf2c3a8")
        self.shell(command, PROJECT=".", BASE="main")
        lines = self.output.read_text(encoding="utf-8").splitlines()
        self.assertEqual(lines, ['list=["shop"]', "list=[]", 'list=["shop"]'])


if __name__ == "__main__":
    unittest.main()
