"""Runs each linter on the collection, and gives its findings in the collection's vocabulary."""

import dataclasses
import json
import os
import pathlib
import re
import subprocess
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
MAPPING = tomllib.loads((HERE / "mapping.toml").read_text())
GAUGER_BIN = pathlib.Path(os.environ.get("GAUGER_BIN", HERE.parents[2] / "build" / "bin"))


@dataclasses.dataclass(frozen=True)
class Finding:
    rule: str
    hazards: frozenset[str]
    line: int = 0  # 0: the linter speaks of SQL, or says no line


# What a linter says: by the revision's file.
Findings = dict[str, list[Finding]]


def finding(linter: str, rule: str, line: int = 0) -> Finding | None:
    """Nothing where the rule claims no hazard: style, policy, advice."""
    if rule not in MAPPING[linter]:
        raise SystemExit(f"mapping.toml: [{linter}] has no {rule}")
    hazards = frozenset(MAPPING[linter][rule])
    return Finding(rule, hazards, line) if hazards else None


def collect(linter: str, said: list[tuple[str, str]]) -> Findings:
    """Of pairs of a path and a rule."""
    found: Findings = {}
    for path, rule in said:
        if one := finding(linter, rule):
            found.setdefault(pathlib.Path(path).name, []).append(one)
    return found


def run(command: list, folder: pathlib.Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if not done.stdout:
        raise SystemExit(f"{command[0]} said nothing and ended with {done.returncode}\n{done.stderr}")
    return done.stdout


def gauger(folder: pathlib.Path) -> Findings:
    done = subprocess.run(
        [GAUGER_BIN / "migration-lint", "--no-cache", "--format", "json"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"migration-lint ended with {done.returncode}\n{done.stderr}")
    found: Findings = {}
    for each in json.loads(done.stdout)["findings"]:
        if one := finding("gauger", each["rule"], each["line"] or 0):
            found.setdefault(pathlib.Path(each["path"]).name, []).append(one)
    return found


VERSIONS = "migrations/versions"


def alembic_guard(programs: pathlib.Path, project: pathlib.Path) -> Findings:
    said = json.loads(run([programs / "alembic-guard", "--format", "json", VERSIONS], project))
    return collect("alembic-guard", [(each["path"], each["rule"]) for each in said])


def lockcheck(programs: pathlib.Path, project: pathlib.Path) -> Findings:
    said, path = [], ""
    for line in run([programs / "lockcheck", VERSIONS], project).splitlines():
        path = line.strip() if line.strip().endswith(".py") else path
        if match := re.match(r"\s+\d+  (LC\d+)  ", line):
            said.append((path, match[1]))
    return collect("lockcheck", said)


def zdm(programs: pathlib.Path, project: pathlib.Path) -> Findings:
    said = json.loads(run([programs / "zdm", "--output-format", "json", VERSIONS], project))
    return collect("zdm", [(each["path"], each["rule_id"]) for each in said["diagnostics"]])


def migsafe(programs: pathlib.Path, project: pathlib.Path) -> Findings:
    said = json.loads(run([programs / "migsafe", "analyze", "--format", "json", VERSIONS], project))
    return collect(
        "migsafe",
        [(each["file"], issue["type"]) for each in said["migrations"] for issue in each["issues"]],
    )


def oneport_migrate(programs: pathlib.Path, project: pathlib.Path) -> Findings:
    command = [programs / "oneport-migrate", "check", "--all", "--no-llm", "-f", "json", VERSIONS]
    said = json.loads(run(command, project))["findings"]
    return collect("oneport-migrate", [(each["location"]["file"], each["rule_id"]) for each in said])


def alembic_migration_linter(programs: pathlib.Path, project: pathlib.Path) -> Findings:
    """It renders SQL, so it has to skip what Alembic cannot render offline."""
    command = [programs / "alembic-lint", "-c", "alembic.ini", "-d", "postgresql", "--no-cache", "-q"]
    files = {file.stem.partition("_")[0]: file.name for file in (project / VERSIONS).glob("*.py")}
    for identifier, file in files.items():
        if identifier != "shop" and file not in {f"{sql.stem}.py" for sql in sql_files(project)}:
            command += ["--ignore-revision", identifier]
    said, file = [], ""
    for line in run(command, project).splitlines():
        if match := re.match(r"\((\w+)\)\.\.\. ", line):
            file = files[match[1]]
        elif match := re.match(r"\t([A-Z_]+)$", line):
            said.append((file, match[1]))
    return collect("alembic-migration-linter", said)


def sql_files(project: pathlib.Path) -> list[pathlib.Path]:
    """`alembic upgrade --sql` of each revision, without Alembic's own bookkeeping."""
    return sorted((project / "sql").glob("*.sql"))


def squawk(programs: pathlib.Path, project: pathlib.Path) -> Findings:
    command = [programs / "squawk", "--reporter", "json", "--pg-version", "15.0"]
    said = json.loads(run([*command, *sql_files(project)], project))
    return collect(
        "squawk", [(each["file"].replace(".sql", ".py"), each["rule_name"]) for each in said]
    )


def safemigrate(programs: pathlib.Path, project: pathlib.Path) -> Findings:
    said = json.loads(run([programs / "safemigrate-lint", *sql_files(project)], project))
    return collect(
        "safemigrate-lint", [(each["file"].replace(".sql", ".py"), each["rule_id"]) for each in said]
    )


PEERS = {
    "squawk": squawk,
    "safemigrate-lint": safemigrate,
    "alembic-guard": alembic_guard,
    "alembic-migration-linter": alembic_migration_linter,
    "lockcheck": lockcheck,
    "migsafe": migsafe,
    "oneport-migrate": oneport_migrate,
    "zdm": zdm,
}
