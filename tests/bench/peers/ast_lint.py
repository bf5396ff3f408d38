#!/usr/bin/env python3
"""The script that a team writes for itself: heads, order, four policy rules, on Python's own `ast`.

    ast_lint.py heads|linear|lint VERSIONS_FOLDER

It is here to be compared with, so it is written to be quick where that costs nothing: one pass, and
comments are tokenized only in files that hold a tag. Exit status: 0 clean, 1 findings, 2 a file
that cannot be read.
"""

import ast
import io
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

CREATE_DATE = re.compile(r"^Create Date:\s*(.+?)\s*$", re.MULTILINE)
TAG = re.compile(r"#\s*(destructive: approved|empty: allow|backfill: ok|type-change: approved)\b")
DESTRUCTIVE_SQL = re.compile(r"\b(DROP\s+(TABLE|COLUMN)|TRUNCATE|DELETE\s+FROM)\b", re.IGNORECASE)
UPDATE_SQL = re.compile(r"\bUPDATE\s+(?:ONLY\s+)?\"?(\w+)", re.IGNORECASE)


@dataclass
class Revision:
    path: Path
    id: str
    parents: tuple[str, ...]
    docstring: str


def load(folder: Path) -> Iterator[tuple[Path, str, ast.Module]]:
    for path in sorted(folder.glob("*.py")):
        text = path.read_text(encoding="utf-8")
        yield path, text, ast.parse(text, str(path))


def load_revisions(folder: Path) -> list[Revision]:
    revisions = []
    for path, _, tree in load(folder):
        values = {}
        for statement in tree.body:
            match statement:
                case ast.Assign(
                    targets=[ast.Name(id="revision" | "down_revision" as name)], value=value
                ):
                    values[name] = ast.literal_eval(value)
                case ast.AnnAssign(
                    target=ast.Name(id="revision" | "down_revision" as name),
                    value=ast.expr() as value,
                ):
                    values[name] = ast.literal_eval(value)
        if "revision" not in values:
            continue
        down = values.get("down_revision") or ()
        parents = (down,) if isinstance(down, str) else tuple(down)
        # Not the tree itself: the garbage collector would walk all of them again and again.
        revisions.append(
            Revision(path, values["revision"], parents, ast.get_docstring(tree, clean=False) or "")
        )
    return revisions


def heads(folder: Path) -> list[str]:
    revisions = load_revisions(folder)
    known = {revision.id for revision in revisions}
    referenced = {parent for revision in revisions for parent in revision.parents}
    found = [
        f"{revision.path}: head {revision.id}"
        for revision in revisions
        if revision.id not in referenced
    ]
    unknown = [
        f"{revision.path}: unknown down_revision {parent}"
        for revision in revisions
        for parent in revision.parents
        if parent not in known
    ]
    return unknown + (found if len(found) > 1 else [])


def create_date(revision: Revision) -> datetime | None:
    match = CREATE_DATE.search(revision.docstring)
    if match is None:
        return None
    try:
        date = datetime.fromisoformat(match[1])
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=timezone.utc)


def linear(folder: Path) -> list[str]:
    revisions = load_revisions(folder)
    by_id = {revision.id: revision for revision in revisions}
    dates = {revision.id: create_date(revision) for revision in revisions}
    children = Counter(parent for revision in revisions for parent in revision.parents)
    findings = []
    for revision in revisions:
        if len(revision.parents) > 1:
            findings.append(f"{revision.path}: merge revision")
        if children[revision.id] > 1:
            findings.append(f"{revision.path}: branch point")
        date = dates[revision.id]
        if date is None:
            findings.append(f"{revision.path}: no Create Date")
        for parent in revision.parents:
            if parent not in by_id:
                findings.append(f"{revision.path}: unknown down_revision {parent}")
            elif date and (parent_date := dates[parent]) and date < parent_date:
                findings.append(f"{revision.path}: older than its parent {parent}")
    bases = [revision for revision in revisions if not revision.parents]
    if len(bases) > 1:
        findings.extend(f"{revision.path}: one of {len(bases)} bases" for revision in bases)
    return findings


def find_tags(text: str) -> dict[int, str]:
    """Line number to the tag in that line's comment."""
    if not TAG.search(text):
        return {}
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {
        token.start[0]: match[1]
        for token in tokens
        if token.type == tokenize.COMMENT and (match := TAG.match(token.string))
    }


def string(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def is_false(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


class UpgradeLint:
    """The four rules over one upgrade()."""

    def __init__(self, path: Path, text: str, tags: dict[int, str]) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.tags = tags
        self.filled: set[str] = set()  # tables that an UPDATE has touched so far
        self.batches: dict[
            str, str | None
        ] = {}  # name bound by `with op.batch_alter_table(...)`: table
        self.findings: list[str] = []

    def run(self, tree: ast.Module) -> list[str]:
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        upgrade = next((function for function in functions if function.name == "upgrade"), None)
        if upgrade is None:
            return []
        head = range(1, functions[0].lineno)
        granted = {tag for line, tag in self.tags.items() if line in head}
        granted |= {
            tag for line, tag in self.tags.items() if upgrade.lineno < line < upgrade.body[0].lineno
        }
        if all(
            isinstance(node, ast.Pass) or string(getattr(node, "value", None)) is not None
            for node in upgrade.body
        ):
            granted |= {
                tag
                for line, tag in self.tags.items()
                if upgrade.lineno <= line <= upgrade.end_lineno
            }
            self.report(upgrade, "empty-migration", "empty: allow", granted)
        self.block(upgrade.body, granted)
        return self.findings

    def block(self, body: list[ast.stmt], granted: set[str]) -> None:
        for statement in body:
            blocks = [getattr(statement, name, []) for name in ("body", "orelse", "finalbody")]
            blocks.extend(handler.body for handler in getattr(statement, "handlers", []))
            covered = granted | self.tags_at(statement)
            if isinstance(statement, ast.With):
                self.bind_batches(statement)
            if any(blocks):
                for inner in blocks:
                    self.block(inner, covered)
                continue
            for node in ast.walk(statement):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    self.call(node, node.func, covered)

    def bind_batches(self, statement: ast.With) -> None:
        for item in statement.items:
            match item:
                case ast.withitem(
                    context_expr=ast.Call(
                        func=ast.Attribute(attr="batch_alter_table"), args=[table, *_]
                    ),
                    optional_vars=ast.Name(id=name),
                ):
                    self.batches[name] = string(table)

    def tags_at(self, statement: ast.stmt) -> set[str]:
        """Tags on the statement's lines, and on comment lines above it."""
        if not self.tags:
            return set()
        last = (
            statement.body[0].lineno - 1
            if getattr(statement, "body", None)
            else statement.end_lineno
        )
        first = statement.lineno
        while first > 1 and self.lines[first - 2].lstrip()[:1] in ("", "#"):
            first -= 1
        return {tag for line, tag in self.tags.items() if first <= line <= last}

    def call(self, call: ast.Call, function: ast.Attribute, granted: set[str]) -> None:
        keywords = {keyword.arg: keyword.value for keyword in call.keywords}
        match function.attr:
            case "drop_table" | "drop_column":
                self.report(call, "destructive-operation", "destructive: approved", granted)
            case "execute" if call.args:
                for node in ast.walk(call.args[0]):
                    if (sql := string(node)) is not None:
                        self.filled.update(UPDATE_SQL.findall(sql))
                        if DESTRUCTIVE_SQL.search(sql):
                            self.report(
                                call, "destructive-operation", "destructive: approved", granted
                            )
            case "alter_column":
                if "type_" in keywords:
                    self.report(call, "type-change", "type-change: approved", granted)
                if (
                    is_false(keywords.get("nullable"))
                    and self.table(call, function) not in self.filled
                ):
                    self.report(call, "not-null-without-backfill", "backfill: ok", granted)
            case "add_column":
                for column in call.args:
                    if not isinstance(column, ast.Call):
                        continue
                    options = {keyword.arg: keyword.value for keyword in column.keywords}
                    if is_false(options.get("nullable")) and "server_default" not in options:
                        self.report(call, "not-null-without-backfill", "backfill: ok", granted)

    def table(self, call: ast.Call, function: ast.Attribute) -> str | None:
        if isinstance(function.value, ast.Name) and function.value.id in self.batches:
            return self.batches[function.value.id]
        return string(call.args[0]) if call.args else None

    def report(self, node: ast.AST, rule: str, tag: str, granted: set[str]) -> None:
        if tag not in granted:
            self.findings.append(
                f"{self.path}:{node.lineno}: {rule}: add '# {tag}' if this is meant"
            )


def lint(folder: Path) -> list[str]:
    findings = []
    for path, text, tree in load(folder):
        findings.extend(UpgradeLint(path, text, find_tags(text)).run(tree))
    return findings


def main() -> int:
    commands = {"heads": heads, "linear": linear, "lint": lint}
    if len(sys.argv) != 3 or sys.argv[1] not in commands:
        print(__doc__.split("\n\n")[1].strip(), file=sys.stderr)
        return 2
    try:
        findings = commands[sys.argv[1]](Path(sys.argv[2]))
    except (OSError, SyntaxError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join([*findings, f"{len(findings)} findings"]))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
