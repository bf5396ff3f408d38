"""Reads the labelled collection, and writes it as an Alembic project.

A file of `collection/` holds cases. "# == name" begins one, "# -- next" its next revision; each is
what stands in a revision file below its header. A comment "# hazard: a, b" labels the statement
that it stands in; a statement without one is safe.
"""

import ast
import dataclasses
import hashlib
import pathlib

HERE = pathlib.Path(__file__).resolve().parent

HAZARDS = (
    "rewrite",  # a table with rows is written anew while nobody may write to it
    "scan",  # all rows of a table are read while nobody may write to it
    "index-build",  # an index is built while nobody may write to its table
    "lock",  # a lock that blocks writes, or reads, where another form needs none
    "rows",  # all rows of a table are changed in one transaction
    "destructive",  # values are lost
    "breaks-application",  # what the running application names is gone
    "fails",  # PostgreSQL or Alembic refuses it, whatever the rows
    "fails-on-data",  # PostgreSQL refuses it where there are rows
    "surprise",  # it does something else than it says
)

HEADER = '''"""{name}

Revision ID: {revision}
Revises: {down_revision}
Create Date: 2024-03-01 10:00:00.000000
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "{revision}"
down_revision = "{down_revision}"
branch_labels = None
depends_on = None


'''

FOOTER = '''

def downgrade():
    raise NotImplementedError
'''

ENV = '''from alembic import context

connection = context.config.attributes.get("connection")
if context.is_offline_mode():
    context.configure(dialect_name="postgresql", transaction_per_migration=True)
else:
    context.configure(connection=connection, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
'''


@dataclasses.dataclass(frozen=True)
class Label:
    hazards: frozenset[str]
    first: int  # the lines of the statement in the revision's file
    last: int


@dataclasses.dataclass(frozen=True)
class Revision:
    id: str
    name: str  # the case, and the number of the revision in it where it is not the first
    down_revision: str
    text: str
    labels: tuple[Label, ...]

    @property
    def file(self) -> str:
        return f"{self.id}_{self.name}.py"

    @property
    def hazards(self) -> frozenset[str]:
        return frozenset().union(*(label.hazards for label in self.labels))


def innermost_statement(tree: ast.AST, line: int) -> ast.stmt:
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt)
        and not isinstance(node, (ast.FunctionDef, ast.For, ast.With, ast.If))
        and node.lineno <= line <= node.end_lineno
    ]
    if len(around) != 1:
        raise ValueError(f"line {line} is in {len(around)} statements")
    return around[0]


def read_labels(text: str) -> tuple[Label, ...]:
    tree = ast.parse(text)
    labels = []
    for number, line in enumerate(text.splitlines(), start=1):
        _, found, names = line.partition("# hazard: ")
        if not found:
            continue
        hazards = frozenset(name.strip() for name in names.split(","))
        if not hazards <= set(HAZARDS):
            raise ValueError(f"not a hazard: {names}")
        statement = innermost_statement(tree, number)
        labels.append(Label(hazards, statement.lineno, statement.end_lineno))
    return tuple(labels)


def make_revision(case: str, number: int, down_revision: str, body: str) -> Revision:
    name = case if number == 1 else f"{case}_{number}"
    revision = hashlib.sha256(name.encode()).hexdigest()[:12]
    header = HEADER.format(
        name=case.replace("_", " "), revision=revision, down_revision=down_revision
    )
    text = header + body.strip("\n") + "\n" + FOOTER
    return Revision(revision, name, down_revision, text, read_labels(text))


def read() -> list[Revision]:
    revisions = []
    for file in sorted((HERE / "collection").glob("*.py")):
        _, *cases = ("\n" + file.read_text()).split("\n# == ")
        for case in cases:
            name, _, body = case.partition("\n")
            down_revision = "shop"
            for number, part in enumerate(body.split("\n# -- next\n"), start=1):
                revisions.append(make_revision(name, number, down_revision, part))
                down_revision = revisions[-1].id
    if len({revision.id for revision in revisions}) != len(revisions):
        raise ValueError("two cases have one name")
    return revisions


def write_project(revisions: list[Revision], folder: pathlib.Path) -> None:
    versions = folder / "migrations" / "versions"
    versions.mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/migrations\n")
    # The server that the labels are proven on.
    (folder / "gauger.toml").write_text('[lint]\nbaseline = "shop"\npostgres-version = 15\n')
    (folder / "migrations" / "env.py").write_text(ENV)
    (versions / "shop.py").write_text((HERE / "shop.py").read_text())
    for revision in revisions:
        (versions / revision.file).write_text(revision.text)
