"""What the server did in the cases of rules: tests/data/rules_measured.tsv, and the tables of the READMEs."""

import dataclasses
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[3]
FILE = ROOT / "tests/data/rules_measured.tsv"
HEAD = ["versions", "case", "statement", "lock", "rewrite", "scan", "failure"]


READERS = ("ACCESS SHARE", "ROW SHARE")


@dataclasses.dataclass(frozen=True)
class Row:
    """One statement of one case; a failure that Alembic meets before it has one has none."""

    case: str
    statement: str
    lock: str = ""
    rewrite: str = ""
    scan: str = ""
    failure: str = ""

    @staticmethod
    def of(case: str, statement: dict) -> "Row":
        return Row(case, short(statement["statement"]), *effect_of(statement))

    @staticmethod
    def of_failure(case: str, failed: dict) -> "Row":
        message = re.sub(r" at 0x[0-9a-f]+", "", failed["message"].splitlines()[0])
        return Row(case, short(failed["statement"] or ""), failure=short(message))


def short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 110 else text[:109] + "…"


def effect_of(statement: dict) -> tuple[str, str, str]:
    """Lock, rewrite and scan, in words. The lock may be held since an earlier statement; those of readers are left out."""
    held = {each["table"]: each["lock"] for each in [*statement["locks"], *statement["held"]]}
    locks = [f"{lock} on {table}" for table, lock in sorted(held.items()) if lock not in READERS]
    rewrites = {each["table"] for each in statement["work"] if each["kind"] == "rewrite"}
    scans = []
    for each in statement["work"]:
        words = {
            "scan": each["table"],
            "foreign_key_scan": f"{each['table']} (foreign key)",
            "index_build": f"{each['table']} (index {each['object']})",
            "row_change": f"{each['table']} (rows changed)",
        }.get(each["kind"])
        if words is not None and words not in scans:
            scans.append(words)
    return ", ".join(locks), ", ".join(sorted(rewrites)), ", ".join(sorted(scans))


def described(statement: dict) -> str:
    lock, rewrite, scan = effect_of(statement)
    parts = [lock, rewrite and f"rewrites {rewrite}", scan and f"reads {scan}"]
    return f"{short(statement['statement'])}: {'; '.join(part for part in parts if part) or 'nothing of note'}"


def in_words(versions: set[int]) -> str:
    """{12, 13, 14, 17}: "12-14 17"."""
    parts: list[list[int]] = []
    for version in sorted(versions):
        if parts and version == parts[-1][-1] + 1:
            parts[-1].append(version)
        else:
            parts.append([version])
    return " ".join(f"{part[0]}-{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)


def from_words(text: str) -> set[int]:
    versions: set[int] = set()
    for part in text.split():
        first, _, last = part.partition("-")
        versions |= set(range(int(first), int(last or first) + 1))
    return versions


def is_among(row: Row, rows: list[Row]) -> bool:
    """Of a command that is watched while it runs, locks are seen as far as they last."""
    if "CONCURRENTLY" not in row.statement:
        return row in rows
    locks = set(row.lock.split(", "))
    return any(
        dataclasses.replace(each, lock="") == dataclasses.replace(row, lock="")
        and (locks <= set(each.lock.split(", ")) or locks >= set(each.lock.split(", ")))
        for each in rows
    )


class Table:
    """By case: what was seen, and on which major versions, in the order of its statements."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[int, list[Row]]] = {}

    @staticmethod
    def read() -> "Table":
        table = Table()
        if FILE.exists():
            for line in FILE.read_text(encoding="utf-8").splitlines()[1:]:
                versions, *cells = line.split("\t")
                row = Row(*cells)
                for version in from_words(versions):
                    table.rows.setdefault(row.case, {}).setdefault(version, []).append(row)
        return table

    def put(self, major: int, seen: dict[str, list[Row]], about: set[str], cases: set[str]) -> None:
        """What was seen on one version, of some cases. Of those that are not about it, and of those that are no
        more, nothing is kept."""
        for case, rows in seen.items():
            self.rows.setdefault(case, {})[major] = list(dict.fromkeys(rows))
        for case, by_version in self.rows.items():
            if case not in about:
                by_version.pop(major, None)
        self.rows = {case: rows for case, rows in self.rows.items() if case in cases}

    def versions(self) -> set[int]:
        return {version for by_version in self.rows.values() for version in by_version}

    def merged(self, case: str) -> list[tuple[set[int], Row]]:
        """Each row once, those that the newest version lacks behind those that it has."""
        by_version = self.rows.get(case, {})
        merged: dict[Row, set[int]] = {}
        for version in sorted(by_version, reverse=True):
            for row in by_version[version]:
                merged.setdefault(row, set()).add(version)
        return [(versions, row) for row, versions in merged.items()]

    def write(self) -> None:
        lines = ["\t".join(HEAD)]
        for case in sorted(self.rows):
            for versions, row in self.merged(case):
                lines.append("\t".join([in_words(versions), *dataclasses.astuple(row)]))
        FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def differences(self, major: int, seen: dict[str, list[Row]]) -> dict[str, list[str]]:
        """Where it is otherwise now; nothing where this version was never kept."""
        if major not in self.versions():
            return {}
        found: dict[str, list[str]] = {}
        for case, rows in seen.items():
            kept = self.rows.get(case, {}).get(major, [])
            lines = [f"kept, not seen: {row}" for row in kept if not is_among(row, rows)]
            lines += [
                f"seen, not kept: {row}" for row in dict.fromkeys(rows) if not is_among(row, kept)
            ]
            if lines:
                found[case] = lines
        return found
