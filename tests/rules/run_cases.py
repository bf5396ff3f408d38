#!/usr/bin/env python3
"""Runs the cases of every rule's room, and checks that each room is complete.

    run_cases.py [--update] [RULE | RULE/CASE]...

A case is a folder rules/<rule_name>/cases/bad_* or good_*:

    versions/*.py    the revisions; alembic.ini is added around them
    gauger.toml      further settings; without `select`, just the room's rule is selected
    app/...          whatever else of a project the revisions import
    site-packages/   what is installed and no part of the project: only Alembic sees it
    arguments        further arguments of migration-lint
    before.sql, proof.toml   for tests/live/rules, which runs the cases on PostgreSQL
    expected.txt     of a bad case: what migration-lint prints in the concise format

A good case has no finding, and nothing in it is "not understood" unless it is called good_unknown_*. Alembic itself loads
the revisions of every case. The executables are in $GAUGER_BIN; `--update` writes what they print into the bad cases.
"""

import argparse
import contextlib
import difflib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import tomllib
from collections.abc import Iterator

import alembic.config
import alembic.script

ROOT = pathlib.Path(os.environ.get("GAUGER_ROOT", pathlib.Path(__file__).resolve().parent.parent.parent))
BIN = pathlib.Path(os.environ.get("GAUGER_BIN", ROOT / "build/bin"))
RULES = ROOT / "rules"
HEADINGS = ["What it checks", "Why it matters", "Flagged", "Accepted", "Options", "Limits", "References"]
GENERATED = "Measured"  # behind "Why it matters", by ci/rules_measured
INI = """[alembic]
script_location = %(here)s
prepend_sys_path = .
path_separator = os
"""


def run(*arguments: str, folder: pathlib.Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
        if name in os.environ:
            environment[name] = os.environ[name]
    command = [str(BIN / "migration-lint"), *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)


def settings(case: pathlib.Path, rule: str) -> str:
    """The case's gauger.toml, with the rule selected where it selects none itself."""
    path = case / "gauger.toml"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if "select" in tomllib.loads(text).get("lint", {}):
        return text
    select = f'[lint]\nselect = ["{rule}"]\n'
    return text.replace("[lint]\n", select, 1) if "[lint]\n" in text else f"{text}\n{select}"


@contextlib.contextmanager
def project_of(case: pathlib.Path, rule: str) -> Iterator[pathlib.Path]:
    with tempfile.TemporaryDirectory(prefix="gauger-case-") as temporary:
        folder = pathlib.Path(temporary).resolve() / "project"
        shutil.copytree(case, folder, ignore=shutil.ignore_patterns("expected.txt", "__pycache__"))
        (folder / "alembic.ini").write_text(INI, encoding="utf-8")
        (folder / "gauger.toml").write_text(settings(case, rule), encoding="utf-8")
        yield folder


def load_with_alembic(folder: pathlib.Path) -> list[str]:
    """An example that Alembic cannot load would be none."""
    before = set(sys.modules), list(sys.path)
    sys.path[:0] = [str(folder), str(folder / "site-packages")]
    try:
        config = alembic.config.Config(folder / "alembic.ini")
        loaded = list(alembic.script.ScriptDirectory.from_config(config).walk_revisions())
        files = list((folder / "versions").glob("*.py"))
        return [] if len(loaded) == len(files) else [f"Alembic loads {len(loaded)} of {len(files)} files"]
    except Exception as error:  # whatever the case's own code may raise
        return [f"Alembic cannot load it: {error!r}"]
    finally:
        sys.path[:] = before[1]
        for name in set(sys.modules) - before[0]:
            if (getattr(sys.modules[name], "__file__", None) or "").startswith(str(folder)):
                del sys.modules[name]


def check_good(case: pathlib.Path, seen: str, status: int) -> list[str]:
    problems = [] if status == 0 and ": clean (" in seen else [f"exit status {status}, and not clean:\n{seen}"]
    if (case / "expected.txt").exists():
        problems.append("a good case has no expected.txt")
    understood = "; 0 not understood" in seen
    if understood == case.name.startswith("good_unknown_"):
        problems.append(f"good_unknown_* are those with operations that are not understood:\n{seen}")
    return problems


def check_bad(case: pathlib.Path, seen: str, status: int, update: bool) -> list[str]:
    lines = seen.splitlines()
    wanted = 1 if any(": error[" in line for line in lines) else 0
    problems = [] if status == wanted else [f"exit status {status}, not {wanted}"]
    if len(lines) < 2:
        problems.append("a bad case has a finding")
    expected = case / "expected.txt"
    if update and (not expected.exists() or expected.read_text(encoding="utf-8") != seen):
        expected.write_text(seen, encoding="utf-8")
        print(f"wrote {expected.relative_to(ROOT)}")
    known = expected.read_text(encoding="utf-8") if expected.exists() else ""
    difference = difflib.unified_diff(known.splitlines(), lines, "expected.txt", "seen", lineterm="")
    return problems + list(difference)


def check_case(case: pathlib.Path, rule: str, update: bool) -> list[str]:
    with project_of(case, rule) as folder:
        more = folder / "arguments"
        arguments = more.read_text(encoding="utf-8").split() if more.exists() else []
        done = run("--no-cache", "--format", "concise", *arguments, folder=folder)
        problems = load_with_alembic(folder)
        if done.stderr:
            problems.append(f"stderr: {done.stderr.replace(str(folder), '$DIR')}")
        if case.name.startswith("good_"):
            return problems + check_good(case, done.stdout, done.returncode)
        return problems + check_bad(case, done.stdout, done.returncode, update)


def sections(readme: str) -> dict[str, str]:
    """Heading -> text below it; the text before the first heading is under ""."""
    parts = re.split(r"^## (.+)\n", readme, flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def blocks(text: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def stands_in(block: str, files: list[pathlib.Path]) -> bool:
    """Whether the block's lines follow each other in one of the files, at whatever depth."""
    wanted = textwrap.dedent(block).strip("\n").splitlines()
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        for start in range(len(lines) - len(wanted) + 1):
            piece = "\n".join(lines[start : start + len(wanted)])
            if textwrap.dedent(piece).splitlines() == wanted:
                return True
    return False


def check_readme(room: pathlib.Path, info: dict) -> list[str]:
    path = room / "README.md"
    if not path.exists():
        return ["it has no README.md"]
    parts = sections(path.read_text(encoding="utf-8"))
    problems = []
    headings = [heading for heading in list(parts)[1:] if heading != GENERATED]
    if headings != HEADINGS:
        problems.append(f"README.md: its headings are {headings}, not {HEADINGS}")
    if not parts[""].startswith(f"# {info['rule']}\n\n"):
        problems.append(f"README.md: its title is not '# {info['rule']}'")
    opening = " ".join(parts[""].partition("\n\n")[2].split())
    if not (opening + " ").startswith(info["summary"] + " "):
        problems.append(f"README.md: it does not begin with the rule's summary: {info['summary']}")
    for heading, kind in (("Flagged", "bad"), ("Accepted", "good")):
        examples = blocks(parts.get(heading, ""))
        files = sorted(room.glob(f"cases/{kind}_*/**/*.py"))
        if not examples:
            problems.append(f"README.md: no example under '{heading}'")
        for example in examples:
            if not stands_in(example, files):
                problems.append(f"README.md: under '{heading}', in no file of cases/{kind}_*:\n{example}")
    return problems


def check_room(room: pathlib.Path, infos: dict[str, dict]) -> list[str]:
    rule = room.name.replace("_", "-")
    problems = [
        f"it has no {name}"
        for name in (f"{room.name}.hpp", f"{room.name}.cpp")
        if not (room / name).exists()
    ]
    for kind in ("bad", "good"):
        if not any(room.glob(f"cases/{kind}_*/versions/*.py")):
            problems.append(f"it has no cases/{kind}_*")
    for case in sorted(room.glob("cases/*")):
        if not re.match(r"(bad|good)_[a-z0-9_]+$", case.name):
            problems.append(f"cases/{case.name} is neither bad_* nor good_*")
    catalog = (RULES / "catalog.cpp").read_text(encoding="utf-8")
    if f'"rules/{room.name}/{room.name}.hpp"' not in catalog or f"&{room.name}," not in catalog:
        problems.append("it is not in catalog.cpp")
    if rule not in infos:
        return [*problems, f"migration-lint has no rule {rule}"]
    if "claim" not in infos[rule]:
        problems.append("it states no claim: what the server does, or engine::ClaimKind::nothing")
    return problems + check_readme(room, infos[rule])


def check_rooms() -> dict[str, list[str]]:
    infos = {info["rule"]: info for info in json.loads(run("--list-rules", "--format", "json").stdout)}
    rooms = sorted(path for path in RULES.iterdir() if path.is_dir())
    problems = {room.name: check_room(room, infos) for room in rooms}
    for rule in infos:
        if not (RULES / rule.replace("-", "_")).is_dir():
            problems[rule] = ["it has no room"]
    for script in ("ci/rules_readme", "ci/rules_measured"):
        done = subprocess.run(
            [sys.executable, "-B", ROOT / script, "--check"],
            env={**os.environ, "GAUGER_BIN": str(BIN)},
            capture_output=True,
            text=True,
        )
        problems[script] = [] if done.returncode == 0 else [done.stdout + done.stderr]
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="rewrite the expectations of bad cases")
    parser.add_argument("cases", nargs="*", metavar="RULE[/CASE]")
    arguments = parser.parse_args()
    sys.dont_write_bytecode = True
    results: dict[str, list[str]] = {} if arguments.cases else check_rooms()
    for case in sorted(RULES.glob("*/cases/*")):
        room = case.parent.parent.name
        name = f"{room}/{case.name}"
        if not arguments.cases or name in arguments.cases or room in arguments.cases:
            results[name] = check_case(case, room.replace("_", "-"), arguments.update)
    failed = {name: problems for name, problems in results.items() if problems}
    for name, problems in failed.items():
        print(f"FAILED {name}")
        print(textwrap.indent("\n".join(problems), "  "))
    print(f"run_cases: {len(results) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())
