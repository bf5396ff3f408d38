#!/usr/bin/env python3
"""Compares Gauger's checks with what else could do their work. See README.md.

Run it with `make bench`, which builds what it measures. It prints Markdown and writes results.json.
Exit status 1 says that a program failed, never that one was slow.
"""

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

import smoke_cost
from generate_history import generate

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SIZES = [100, 1_000, 5_000, 20_000]
SLOW_UP_TO = 5_000  # revisions; on longer histories what takes seconds is left out
TARGET_SIZES = [1_000, 5_000]
SMOKE_REVISIONS = 200

HEADS = "check-heads"
BASE = "check-heads --base"
LINEAR = "check-linear-history"
COLD = "migration-lint, cold"
WARM = "migration-lint, nothing changed"
ALL_RULES = "migration-lint, cold, all rules"

# What the ast script judges, and the other rules of tags.
TAG_RULES = """\
[lint]
select = [
  "destructive-operation", "empty-migration", "enum-created-twice", "not-null-without-backfill",
  "tag-without-effect", "type-change", "unknown-tag",
]
"""
ALEMBIC = "alembic heads"  # in a fresh clone, as in CI: the revisions have no bytecode yet
ALEMBIC_WARM = "alembic heads, bytecode cached"
AST_LINT = "ast script: lint"
READ = "reading the bytes"
GAUGER = [HEADS, LINEAR, COLD, WARM]


@dataclass
class Row:
    """One program on one history."""

    name: str
    revisions: int
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)  # beside the one there is
    seconds: list[float] = field(default_factory=list)
    processor_seconds: list[float] = field(default_factory=list)
    peak_mb: float = 0  # the largest of all runs
    failure: str | None = None

    @property
    def median(self) -> float:
        return median(self.seconds)


@dataclass
class Target:
    what: str
    revisions: int
    limit: str
    measured: str
    met: bool


def history(work: Path, revisions: int) -> Path:
    """The generated project, from an earlier run if the generator is still the same."""
    project = work / f"history-{revisions}"
    stamp = project / "generator.sha256"
    digest = hashlib.sha256()
    for path in sorted([HERE / "generate_history.py", *HERE.glob("history_*.py")]):
        digest.update(path.read_bytes())
    if not stamp.exists() or stamp.read_text() != digest.hexdigest():
        print(f"generating {revisions:,} revisions in {project}", file=sys.stderr)
        shutil.rmtree(project, ignore_errors=True)
        generate(revisions, project, seed=1, violations=0)
        stamp.write_text(digest.hexdigest())
    return project


def fresh_clone(project: Path) -> Path:
    """The same files without the bytecode that Python leaves beside them."""
    clone = project.with_name(project.name + "-fresh")
    shutil.rmtree(clone, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(project, clone, ignore=ignored, copy_function=os.link)
    return clone


def branch(project: Path, check_heads: Path) -> Path:
    """The project in a repository of its own, on a branch that brings a revision while main moves on."""
    folder = project.with_name(f"{project.name}-branch")
    stamp = folder / "generator.sha256"
    if stamp.exists() and stamp.read_text() == (project / stamp.name).read_text():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns(stamp.name))
    report = subprocess.run(
        [str(check_heads), "--project", str(project), "--format", "json", "--quiet"],
        capture_output=True,
        check=True,
    )
    (head,) = json.loads(report.stdout)["summary"]["heads"]

    def git(*words: str) -> None:
        settings = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
        subprocess.run(["git", "-C", str(folder), *settings, *words], check=True)

    def commit(path: str, text: str) -> None:
        (folder / path).write_text(text, encoding="utf-8")
        git("add", "-A")
        git("commit", "-q", "-m", path)

    git("init", "-q", "-b", "main")
    commit("notes.txt", "one\n")
    git("checkout", "-q", "-b", "work")
    commit("migrations/versions/on_top.py", f'revision = "on_top"\ndown_revision = "{head}"\n')
    git("checkout", "-q", "main")
    commit("notes.txt", "two\n")
    git("checkout", "-q", "work")
    stamp.write_text((project / stamp.name).read_text())
    git("add", "-A")
    git("commit", "-q", "-m", "stamp")
    return folder


def make_rows(revisions: int, project: Path, arguments: argparse.Namespace) -> list[Row]:
    work = arguments.work
    versions = str(project / "migrations" / "versions")
    alembic = Path(sys.executable).parent / "alembic"
    script = [sys.executable, str(HERE / "peers" / "ast_lint.py")]
    commands = {READ: [str(work / "bench_read_bytes"), versions]}
    if revisions <= SLOW_UP_TO:
        commands |= {
            "parsing all with tree-sitter": [str(work / "bench_parse_all"), versions],
            ALEMBIC: [str(alembic), "-c", str(fresh_clone(project) / "alembic.ini"), "heads"],
            ALEMBIC_WARM: [str(alembic), "-c", str(project / "alembic.ini"), "heads"],
            "ast script: heads": [*script, "heads", versions],
            "ast script: linear": [*script, "linear", versions],
            AST_LINT: [*script, "lint", versions],
        }
    if not arguments.peers_only:
        cache = work / f"cache-{revisions}"
        shutil.rmtree(cache, ignore_errors=True)
        common = ["--project", str(project), "--quiet"]
        tag_rules = work / "tag_rules.toml"
        tag_rules.write_text(TAG_RULES, encoding="utf-8")
        lint = [str(arguments.bin / "migration-lint"), *common]
        commands |= {
            HEADS: [str(arguments.bin / "check-heads"), *common],
            BASE: [
                str(arguments.bin / "check-heads"),
                *["--project", str(branch(project, arguments.bin / "check-heads"))],
                *["--quiet", "--base", "main"],
            ],
            LINEAR: [str(arguments.bin / "check-linear-history"), *common],
            COLD: [*lint, "--config", str(tag_rules), "--no-cache"],
            WARM: [*lint, "--config", str(tag_rules), "--cache-dir", str(cache)],
            ALL_RULES: [*lint, "--no-cache"],
        }
    environments = {ALEMBIC: {"PYTHONDONTWRITEBYTECODE": "1"}}
    return [
        Row(name, revisions, command, environments.get(name, {}))
        for name, command in commands.items()
    ]


def run_once(row: Row, work: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GITHUB_", "PYTHON"))
    }
    environment |= row.environment
    command = [str(work / "bench_measure"), *row.command]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    wall_ns, processor_ns, peak_kib, status = (run.stdout or "0 0 0 127").split()
    # The histories are clean by the rules of tags; not all of them lock as little as they could.
    if status != "0" and (row.name, status) != (ALL_RULES, "1"):
        row.failure = f"exit status {status} from: {' '.join(row.command)}\n{run.stderr}"
    row.seconds.append(int(wall_ns) / 1e9)
    row.processor_seconds.append(int(processor_ns) / 1e9)
    row.peak_mb = max(row.peak_mb, int(peak_kib) * 1024 / 1e6)


def wanted_runs(seconds: float, repetitions: int) -> int:
    if seconds < 0.5:
        return repetitions
    return min(repetitions, 5 if seconds < 2 else 3)


def measure(rows: list[Row], repetitions: int, work: Path) -> None:
    """Fills in the rows. They take turns, so that a busy minute falls on all of them alike."""
    # The first run is not counted: it fills the page cache, Alembic's bytecode, migration-lint's
    # cache.
    runs = []
    for row in rows:
        run_once(row, work)
        runs.append(wanted_runs(row.seconds.pop(), repetitions))
        row.processor_seconds.pop()
    for turn in range(repetitions):
        for row, wanted in zip(rows, runs, strict=True):
            # As many runs as the row is to have, spread evenly over the turns.
            if row.failure is None and len(row.seconds) * repetitions <= turn * wanted:
                run_once(row, work)


def find_targets(rows: list[Row]) -> list[Target]:
    """Each target at each size for which both of its rows ran."""
    done = {(row.name, row.revisions): row for row in rows if row.failure is None}
    targets = []

    def at_least(factor: float, slow: str, fast: str) -> None:
        for size in TARGET_SIZES:
            if (slow, size) in done and (fast, size) in done:
                ratio = done[slow, size].median / done[fast, size].median
                what = f"{fast}: faster than {slow}"
                targets.append(
                    Target(what, size, f"≥ {factor} ×", f"{ratio:.1f} ×", ratio >= factor)
                )

    def at_most(limit: float, unit: str, what: str, size: int, value: float) -> None:
        targets.append(
            Target(what, size, f"≤ {limit} {unit}", f"{value:.2f} {unit}", value <= limit)
        )

    for tool in (HEADS, LINEAR):
        at_least(50, ALEMBIC, tool)
    at_least(4, AST_LINT, COLD)
    at_least(40, AST_LINT, WARM)
    for tool in (HEADS, LINEAR):
        for size in TARGET_SIZES:
            if (tool, size) in done and (READ, size) in done:
                ratio = done[tool, size].median / done[READ, size].median
                at_most(3, "×", f"{tool}: time of {READ}", size, ratio)
    for name, size in done:
        # Below, git's own start is most of it.
        if name == BASE and size >= 1_000 and (HEADS, size) in done:
            ratio = done[BASE, size].median / done[HEADS, size].median
            at_most(3, "×", f"{BASE}: time of {HEADS}", size, ratio)
    for tool in GAUGER:
        for size in (5_000, 20_000):
            if (tool, size) in done and (tool, 1_000) in done:
                ratio = done[tool, size].median / size / (done[tool, 1_000].median / 1_000)
                at_most(1.3, "×", f"{tool}: time per revision, of that at 1,000", size, ratio)
        if (tool, 5_000) in done:
            at_most(60, "MB", f"{tool}: peak memory", 5_000, done[tool, 5_000].peak_mb)
    return targets


def describe_machine() -> dict[str, str]:
    models = re.findall(r"^model name\s*: (.+)", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    cpu = models[0] if models else platform.machine()
    git = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(git, capture_output=True, text=True, check=False)
    return {
        "processor": f"{len(os.sched_getaffinity(0))} × {cpu}",
        "system": platform.freedesktop_os_release().get("PRETTY_NAME", platform.system()),
        "python": platform.python_version(),
        "alembic": version("alembic"),
        "sqlalchemy": version("sqlalchemy"),
        "load": f"{os.getloadavg()[0]:.1f} before",
        "commit": commit.stdout.strip(),
    }


def format_time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def markdown(machine: dict[str, str], rows: list[Row], targets: list[Target]) -> str:
    sizes = sorted({row.revisions for row in rows})
    names = list(dict.fromkeys(row.name for row in rows))
    results = {(row.name, row.revisions): row for row in rows}
    lines = [", ".join(f"{name} {value}" for name, value in machine.items()), ""]

    def table(header: list[str], body: list[list[str]]) -> None:
        lines.append(f"| {' | '.join(header)} |")
        lines.append("|---|" + "--:|" * (len(header) - 1))
        lines.extend(f"| {' | '.join(cells)} |" for cells in body)
        lines.append("")

    for title, cell in [
        ("wall time, median", lambda row: format_time(row.median)),
        ("processor time, median", lambda row: format_time(median(row.processor_seconds))),
        ("peak memory", lambda row: f"{row.peak_mb:.1f} MB"),
    ]:
        body = []
        for name in names:
            found = [results.get((name, size)) for size in sizes]
            body.append(
                [
                    name,
                    *(
                        "not run" if row is None else "failed" if row.failure else cell(row)
                        for row in found
                    ),
                ]
            )
        table([title, *(f"{size:,} revisions" for size in sizes)], body)
    if sizes[-1] > SLOW_UP_TO:
        lines.extend([f"Not run: what takes seconds, on more than {SLOW_UP_TO:,} revisions.", ""])
    if targets:
        table(
            ["target", "revisions", "wanted", "measured", "target"],
            [
                [t.what, f"{t.revisions:,}", t.limit, t.measured, "met" if t.met else "**missed**"]
                for t in targets
            ],
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    option = parser.add_argument
    option("--sizes", default=",".join(map(str, SIZES)), help="revisions, separated by commas")
    option("--repetitions", type=int, default=11, help="what takes long runs 5 or 3 times")
    option("--bin", type=Path, default=ROOT / "build" / "bin", help="of Gauger's executables")
    option("--work", type=Path, default=ROOT / "build" / "bench", help="of histories and results")
    option("--peers-only", action="store_true", help="leave Gauger out")
    option("--no-smoke", action="store_true", help="leave out what smoke costs, which needs a server")
    arguments = parser.parse_args()

    rows: list[Row] = []
    for revisions in map(int, arguments.sizes.split(",")):
        rows += make_rows(revisions, history(arguments.work, revisions), arguments)
    machine = describe_machine()
    print(f"measuring {len(rows)} commands, some minutes", file=sys.stderr)
    measure(rows, arguments.repetitions, arguments.work)
    targets = find_targets(rows)
    print(markdown(machine, rows, targets))
    results = {
        "machine": machine,
        "rows": [asdict(row) | {"median": row.seconds and row.median} for row in rows],
        "targets": [asdict(t) for t in targets],
    }
    if not (arguments.peers_only or arguments.no_smoke):
        cost = smoke_cost.measure(arguments.work, SMOKE_REVISIONS, min(arguments.repetitions, 5))
        print(smoke_cost.markdown(SMOKE_REVISIONS, cost))
        results["smoke"] = cost
    (arguments.work / "results.json").write_text(
        json.dumps(results, indent=2, ensure_ascii=False) + "\n"
    )
    failures = [row.failure for row in rows if row.failure]
    for failure in failures:
        print(f"run.py: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
