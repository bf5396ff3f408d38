#!/usr/bin/env python3
"""What a case folder cannot say: closed, full and broken streams, files that cannot be replaced, and terminals."""

import os
import pathlib
import pty
import subprocess
import tempfile
import unittest

BINARIES = pathlib.Path(os.environ["GAUGER_BIN"])
PROJECT = {
    "alembic.ini": "[alembic]\nscript_location = migrations\n",
    "migrations/versions/a1.py": 'revision = "a1"\ndown_revision = None\n',
    "migrations/versions/b2.py": 'revision = "b2"\ndown_revision = "a1"\n',
    "migrations/versions/c3.py": 'revision = "c3"\ndown_revision = "a1"\n',
}
ENVIRONMENT = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm"}


class StreamsTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory(prefix="gauger-streams-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        for name, text in PROJECT.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def run_shell(self, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=ENVIRONMENT | {"TOOL": str(BINARIES / "check-heads")} | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def test_full_stdout_is_no_success(self) -> None:
        for command in ('"$TOOL" --help', '"$TOOL" --version', '"$TOOL" --list-rules', '"$TOOL"'):
            done = self.run_shell(f"{command} >/dev/full")
            self.assertEqual(done.returncode, 2, command)
            self.assertIn("cannot write to stdout: No space left on device", done.stderr)

    def test_closed_stdout_is_no_success_and_no_file_takes_its_place(self) -> None:
        done = self.run_shell('"$TOOL" --version >&-')
        self.assertEqual(done.returncode, 2)
        before = {path: path.read_bytes() for path in self.folder.rglob("*.py")}
        self.assertEqual(self.run_shell('"$TOOL" >&- 2>&- <&-').returncode, 2)
        self.assertEqual(before, {path: path.read_bytes() for path in self.folder.rglob("*.py")})

    def test_closed_stdout_does_not_matter_to_a_report_in_a_file(self) -> None:
        done = self.run_shell('"$TOOL" --output report.txt >&-')
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("several-heads", (self.folder / "report.txt").read_text(encoding="utf-8"))

    def test_broken_pipe_is_no_success(self) -> None:
        done = self.run_shell('{ sleep 0.5; "$TOOL"; echo "status $?" >&2; } | true')
        self.assertIn("status 2", done.stderr)

    def test_closed_stderr_changes_nothing(self) -> None:
        done = self.run_shell('"$TOOL" --format concise 2>&-')
        self.assertEqual(done.returncode, 1)
        self.assertIn("several-heads", done.stdout)

    def test_output_that_cannot_be_written_is_left_as_it_was(self) -> None:
        (self.folder / "report").mkdir()
        self.assertEqual(self.run_shell('"$TOOL" --output report').returncode, 2)
        self.assertEqual(list((self.folder / "report").iterdir()), [])
        link = self.folder / "link.txt"
        (self.folder / "target.txt").write_text("old", encoding="utf-8")
        link.symlink_to("target.txt")
        self.assertEqual(self.run_shell('"$TOOL" --output link.txt').returncode, 1)
        self.assertTrue(link.is_symlink())
        self.assertIn("several-heads", (self.folder / "target.txt").read_text(encoding="utf-8"))

    def test_output_to_a_pipe(self) -> None:
        done = self.run_shell('mkfifo pipe; cat pipe & "$TOOL" --format concise --output pipe 2>/dev/null; wait')
        self.assertIn("several-heads", done.stdout)

    def test_summary_that_cannot_be_written_does_not_fail_the_check(self) -> None:
        done = self.run_shell('"$TOOL"', GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY="/nowhere/summary.md")
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot write to /nowhere/summary.md", done.stderr)
        self.assertIn("::error ", done.stdout)

    def on_terminal(self, *arguments: str, **environment: str) -> str:
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [BINARIES / "check-heads", *arguments],
            cwd=self.folder,
            env=ENVIRONMENT | environment,
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=subprocess.DEVNULL,
        ):
            os.close(theirs)
            output = b""
            while True:
                try:
                    part = os.read(ours, 65536)
                except OSError:  # Linux says so when the other side is closed
                    break
                if not part:
                    break
                output += part
        os.close(ours)
        return output.decode()

    def test_colours_on_a_terminal(self) -> None:
        self.assertIn("\x1b[1;31merror", self.on_terminal())
        self.assertNotIn("\x1b", self.on_terminal("--color", "never"))
        self.assertNotIn("\x1b", self.on_terminal(NO_COLOR="1"))
        self.assertNotIn("\x1b", self.on_terminal(TERM="dumb"))
        self.assertNotIn("\x1b", self.on_terminal("--format", "concise"))
        self.assertNotIn("\x1b", self.run_shell('"$TOOL"').stdout)
        self.assertIn("\x1b[1;31merror", self.run_shell('"$TOOL" --color always').stdout)

    def test_deleted_current_folder(self) -> None:
        done = self.run_shell('mkdir gone; cd gone; rmdir ../gone; "$TOOL"')
        self.assertEqual(done.returncode, 2)
        self.assertIn("cannot tell the current folder", done.stderr)


if __name__ == "__main__":
    unittest.main()
