#!/usr/bin/env python3
"""Generated pull requests of every shape, each with what pr-migration-count has to say about it known by construction.

    property_test.py [--seed N] [--pulls N] [--only N]

A repository is generated with a history on main, and on top of it branches that add, edit, rename, copy and delete
migrations, seed scripts and models, merge main, revert themselves, and stand on one another. Each is checked out (or left
uncommitted) in a clone, a linked worktree, a submodule or a shallow clone, and the tool is run there.
"""

import argparse
import collections
import concurrent.futures
import copy
import dataclasses
import json
import os
import pathlib
import queue
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable

TOOL = pathlib.Path(os.environ.get("GAUGER_BIN", pathlib.Path(__file__).parents[3] / "build" / "bin")) / (
    "pr-migration-count"
)
MAIN_COMMITS = 6  # each adds a migration and its seed script
TIMEOUT = 120


# --- The project ------------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Migration:
    id: str
    parent: str | None
    number: int
    body: str = "op.create_table('t')"
    comment: str = ""
    # Of a file that it reads.
    sql_name: str = ""
    sql: str = ""

    def text(self) -> str:
        body = self.body
        if self.sql_name:
            body += f"\n    op.execute((Path(__file__).parents[2] / 'sql' / {self.sql_name!r}).read_text())"
        return (
            f'"""revision {self.id}{self.comment}\n\nRevision ID: {self.id}\nRevises: {self.parent or ""}\n'
            f'Create Date: 2024-01-{self.number % 28 + 1:02} 10:00:00\n"""\n'
            f"from pathlib import Path\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = {self.id!r}\n"
            f"down_revision = {self.parent!r}\n\n\ndef upgrade() -> None:\n    {body}\n\n\n"
            "def downgrade() -> None:\n    pass\n"
        )


@dataclasses.dataclass
class Column:
    name: str
    length: int = 50
    nullable: bool = False
    server_default: str | None = None

    def arguments(self, shuffled: bool, quote: str) -> str:
        words = [f"sa.String({self.length})"]
        keywords = [] if self.server_default is None else [f"server_default={quote}{self.server_default}{quote}"]
        keywords.append(f"info={{{quote}a{quote}: 1}}")
        keywords.append(f"nullable={self.nullable}")
        return ", ".join(words + (keywords[::-1] if shuffled else keywords))


@dataclasses.dataclass
class Model:
    table: str
    style: str  # column, mapped, table
    columns: list[Column]
    unique: bool = False
    # What no database sees.
    comment: str = ""
    method: str = ""
    shuffled: bool = False
    quote: str = '"'
    lines: int = 0
    relationship: str = ""

    def text(self) -> str:
        q = self.quote
        arguments = f"sa.UniqueConstraint({q}{self.columns[0].name}{q}, name={q}uq_{self.table}{q}),"
        blank = "\n" * self.lines
        if self.style == "table":
            rows = [
                f"    sa.Column({q}{each.name}{q}, {each.arguments(self.shuffled, q)}),{self.comment and '  # ' + self.comment}\n"
                for each in self.columns
            ]
            unique = f"    {arguments}\n" if self.unique else ""
            return f"{self.table}_ = sa.Table(\n    {q}{self.table}{q},\n    metadata,\n{''.join(rows)}{blank}{unique})\n"
        text = f"class {self.table.title()}(Base):\n"
        text += f'    """{self.comment}"""\n' if self.comment else ""
        text += f"    __tablename__ = {q}{self.table}{q}\n{blank}"
        text += f"    __table_args__ = ({arguments})\n" if self.unique else ""
        for each in self.columns:
            call = each.arguments(self.shuffled, q)
            if self.style == "mapped":
                call = call.replace(f", nullable={self.nullable_word(each)}", "").replace(
                    f"nullable={self.nullable_word(each)}, ", ""
                )
                annotation = "Mapped[str | None]" if each.nullable else "Mapped[str]"
                text += f"    {each.name}: {annotation} = mapped_column({call})\n"
            else:
                text += f"    {each.name} = sa.Column({call})\n"
        text += f"    {self.relationship}\n" if self.relationship else ""
        text += f"\n    def {self.method}(self):\n        return 1\n" if self.method else ""
        return text

    @staticmethod
    def nullable_word(column: Column) -> str:
        return str(column.nullable)


SCHEMA_HEAD = "import enum\nimport sqlalchemy as sa\nfrom sqlalchemy.orm import Mapped, mapped_column, relationship\n"


@dataclasses.dataclass
class Project:
    """All that a commit holds."""

    migrations: dict[str, Migration]  # by path
    seeds: dict[str, str]  # by path
    models: dict[str, list[Model]]  # by path
    enums: dict[str, list[str]]  # by class; Status is a column's type, Label is not
    extra: dict[str, str]
    folder: str = "migrations/versions"
    imports: str = ""

    def files(self) -> dict[str, str]:
        files = {path: each.text() for path, each in self.migrations.items()} | self.seeds | self.extra
        files |= {f"sql/{each.sql_name}": each.sql for each in self.migrations.values() if each.sql_name}
        for path, models in self.models.items():
            files[path] = SCHEMA_HEAD + self.imports + "\n\n" + "\n\n".join(each.text() for each in models)
        files["app/schema/enums.py"] = SCHEMA_HEAD + "".join(
            f"\n\nclass {name}(enum.Enum):\n" + "".join(f"    {word} = {word.lower()!r}\n" for word in words)
            for name, words in self.enums.items()
        )
        files["app/schema/uses.py"] = (
            SCHEMA_HEAD + "from app.schema.enums import Status\n\n\nclass Job(Base):\n    __tablename__ = 'jobs'\n"
            "    id = sa.Column(sa.Integer, primary_key=True)\n    status = sa.Column(sa.Enum(Status, name='status'))\n"
        )
        script = self.folder.rsplit("/", 1)[0]
        files["alembic.ini"] = f"[alembic]\nscript_location = {script}\n"
        files[f"{script}/env.py"] = ""
        files["app/main.py"] = "x = 1\n"
        return files

    def head(self) -> str:
        return max(self.migrations.values(), key=lambda each: each.number).id


def seed_text(name: str, value: int = 1, comment: str = "") -> str:
    return f'"""Seeds {name}.{comment}"""\n\n\nasync def seed(connection):\n    await connection.execute({value})\n'


def first_project() -> Project:
    models = {
        "app/schema/users.py": [
            Model("users", "column", [Column("email"), Column("name", nullable=True)]),
            Model("teams", "column", [Column("title"), Column("motto")]),
        ],
        "app/schema/orders.py": [
            Model("orders", "mapped", [Column("number"), Column("note", nullable=True)]),
            Model("tags", "table", [Column("word"), Column("kind")], unique=True),
        ],
    }
    extra = {"scripts/seeds/_helpers.py": "x = 1\n", "gauger.toml": 'schema-paths = ["app/schema/**"]\n'}
    return Project({}, {}, models, {"Status": ["NEW", "DONE"], "Label": ["RED"]}, extra)


def add_migration(project: Project, identifier: str, body: str = "op.create_table('t')") -> str:
    number = 1 + max((each.number for each in project.migrations.values()), default=0)
    parent = project.head() if project.migrations else None
    path = f"{project.folder}/{number:03}_{identifier}.py"
    project.migrations[path] = Migration(identifier, parent, number, body)
    return path


# --- What a pull request does, and what has to be said of it ----------------------------------------------------------


@dataclasses.dataclass
class Expected:
    findings: list[tuple[str, str, str]]  # rule, severity, revision or file name
    new: set[str]
    schema: list[str]


class Pull:
    """One pull request: a list of states, each a commit, and the expectation after the last."""

    def __init__(self, rng: random.Random, number: int, start: Project, start_commit: int):
        self.rng = rng
        self.number = number
        self.project = copy.deepcopy(start)
        self.commits: list[tuple[Project, int | None]] = []  # a state, and the commit of main that it merges
        self.first = start_commit  # of main
        self.merge_base = start_commit
        self.mark = 0  # of its last commit
        self.applied: dict[str, str] = {}  # id -> what became of it
        self.seeds: dict[str, str] = {}
        self.new: set[str] = set()
        self.schema: list[str] = []
        self.touched: set[str] = set()  # so that one thing is done to each
        self.shapes: list[str] = []
        self.serial = 0

    def name(self, kind: str) -> str:
        self.serial += 1
        return f"{kind}{self.number:03x}{self.serial:02x}"

    # Migrations

    def path_of(self, identifier: str) -> str:
        return next(path for path, each in self.project.migrations.items() if each.id == identifier)

    def untouched_applied(self, wanted: Callable[[Migration], bool] = lambda _: True) -> Migration | None:
        choices = [
            each
            for each in self.project.migrations.values()
            if each.id not in self.touched and each.id not in self.new and wanted(each)
        ]
        if not choices:
            return None
        chosen = self.rng.choice(choices)
        self.touched.add(chosen.id)
        return chosen

    def add(self) -> None:
        identifier = self.name("a")
        add_migration(self.project, identifier)
        self.new.add(identifier)

    def edit_new(self) -> None:
        if self.new:
            migration = self.project.migrations[self.path_of(self.rng.choice(sorted(self.new)))]
            migration.body = f"op.drop_table({self.name('t')!r})"

    def rename_new(self) -> None:
        if self.new:
            path = self.path_of(self.rng.choice(sorted(self.new)))
            self.project.migrations[f"{self.project.folder}/{self.name('renamed')}.py"] = self.project.migrations.pop(path)

    def delete_new(self) -> None:
        if self.new:
            identifier = self.rng.choice(sorted(self.new))
            self.project.migrations.pop(self.path_of(identifier))
            self.new.discard(identifier)

    def reparent_new(self) -> None:
        if self.new:
            self.project.migrations[self.path_of(self.rng.choice(sorted(self.new)))].parent = "r0000"

    def edit_applied(self) -> None:
        if migration := self.untouched_applied():
            migration.body = f"op.create_table({self.name('t')!r})"
            self.applied[migration.id] = "edited"

    def reparent_applied(self) -> None:
        if migration := self.untouched_applied():
            migration.parent = self.name("p")
            self.applied[migration.id] = "edited"

    def comment_applied(self) -> None:
        if migration := self.untouched_applied():
            if self.rng.random() < 0.5:
                migration.comment = " " + self.name("words")
            else:
                migration.body = f"# destructive: approved {self.name('x')}\n    {migration.body}"
            self.applied[migration.id] = "words"

    def edit_sql(self) -> None:
        if migration := self.untouched_applied(lambda each: each.sql_name != ""):
            if self.rng.random() < 0.5:
                migration.sql = f"-- {self.name('words')}\n{migration.sql}"
                self.applied[migration.id] = "words"
            else:
                migration.sql += f"CREATE TABLE {self.name('t')} (id integer);\n"
                self.applied[migration.id] = "edited"

    def rename_applied(self) -> None:
        if migration := self.untouched_applied():
            path = self.path_of(migration.id)
            self.project.migrations[f"{self.project.folder}/{self.name('moved dir')} ä.py"] = (
                self.project.migrations.pop(path)
            )
            how = self.rng.choice(["only", "only", "edit", "comment"])
            if how == "edit":
                migration.body = f"op.create_table({self.name('t')!r})"
                self.applied[migration.id] = "edited"
            elif how == "comment":
                migration.comment = " more words"
                self.applied[migration.id] = "words"

    def swap_applied(self) -> None:
        first, second = self.untouched_applied(), self.untouched_applied()
        if first and second:
            one, two = self.path_of(first.id), self.path_of(second.id)
            migrations = self.project.migrations
            migrations[one], migrations[two] = migrations[two], migrations[one]

    def delete_applied(self) -> None:
        if self.has_moved():
            return
        if migration := self.untouched_applied():
            self.project.migrations.pop(self.path_of(migration.id))
            self.applied[migration.id] = "deleted"

    def replace_applied(self) -> None:
        """The same file, with another id."""
        if self.has_moved():
            return
        if migration := self.untouched_applied():
            other = self.name("other")
            self.project.migrations[self.path_of(migration.id)] = dataclasses.replace(migration, id=other)
            self.touched.add(other)
            self.applied[migration.id] = "edited"

    def copy_applied(self) -> None:
        """Under another name, with the same id: check-heads has something to say of that."""
        if migration := self.untouched_applied():
            path = f"{self.project.folder}/{self.name('copy')}.py"
            self.project.migrations[path] = dataclasses.replace(migration)

    def copy_as_new(self) -> None:
        if migration := self.untouched_applied():
            identifier = self.name("c")
            path = f"{self.project.folder}/{identifier}.py"
            self.project.migrations[path] = dataclasses.replace(migration, id=identifier)
            self.new.add(identifier)

    def has_moved(self) -> bool:
        return self.project.folder != "migrations/versions"

    def move_all(self) -> None:
        """The version location goes elsewhere. Of what is gone by then, nothing tells that it was a migration."""
        here = {each.id for each in self.project.migrations.values()}
        if not self.has_moved() and here.issuperset(self.applied):
            self.project.folder = "db/versions"
            self.project.migrations = {
                path.replace("migrations/", "db/", 1): migration for path, migration in self.project.migrations.items()
            }

    # Seed scripts

    def untouched_seed(self) -> str | None:
        choices = [path for path in self.project.seeds if path not in self.touched]
        if not choices:
            return None
        path = self.rng.choice(choices)
        self.touched.add(path)
        return path

    def edit_seed(self) -> None:
        if path := self.untouched_seed():
            self.project.seeds[path] = seed_text(path, 2)
            self.seeds[path] = "error"

    def comment_seed(self) -> None:
        if path := self.untouched_seed():
            self.project.seeds[path] = self.project.seeds[path].replace("Seeds", "Plants", 1)
            self.seeds[path] = "warning"

    def delete_seed(self) -> None:
        if path := self.untouched_seed():
            del self.project.seeds[path]
            self.seeds[path] = "error"

    def rename_seed(self) -> None:
        if path := self.untouched_seed():
            new = f"scripts/seeds/{self.name('s')}.py"
            self.project.seeds[new] = self.project.seeds.pop(path)
            self.touched.add(new)
            self.seeds[new] = "error"

    def add_seed(self) -> None:
        path = f"scripts/seeds/{self.name('s')}.py"
        self.project.seeds[path] = seed_text(path)
        self.touched.add(path)

    def edit_helper(self) -> None:
        self.project.extra["scripts/seeds/_helpers.py"] = f"x = {self.serial}\n"

    # Models

    def model(self) -> Model:
        return self.rng.choice([each for models in self.project.models.values() for each in models])

    def untouched_column(self) -> tuple[Model, Column] | None:
        choices = [
            (model, column)
            for models in self.project.models.values()
            for model in models
            for column in model.columns
            if (model.table, column.name) not in self.touched and model.table not in self.touched
        ]
        if not choices:
            return None
        model, column = self.rng.choice(choices)
        self.touched.add((model.table, column.name))
        return model, column

    def change_column(self) -> None:
        if found := self.untouched_column():
            model, column = found
            what = self.rng.choice(["nullable", "type", "server_default"])
            if what == "nullable":
                column.nullable = not column.nullable
            elif what == "type":
                column.length += 30
            else:
                column.server_default = self.name("d")
            self.schema.append(f"column {model.table}.{column.name}: {what} changed")

    def add_column(self) -> None:
        model = self.model()
        name = self.name("x")
        model.columns.append(Column(name))
        self.touched.add((model.table, name))
        if model.table not in self.touched:
            self.schema.append(f"column {model.table}.{name} added")

    def remove_column(self) -> None:
        if found := self.untouched_column():
            model, column = found
            if column is not model.columns[0]:
                model.columns.remove(column)
                self.schema.append(f"column {model.table}.{column.name} removed")

    def add_model(self) -> None:
        table = self.name("t")
        path = self.rng.choice([*self.project.models, f"app/schema/deep/{table}.py"])
        style = self.rng.choice(["column", "mapped", "table"])
        self.project.models.setdefault(path, []).append(Model(table, style, [Column("x")]))
        self.touched.add(table)
        self.schema.append(f"table {table} added")

    def move_model(self) -> None:
        source = self.rng.choice([path for path, models in self.project.models.items() if models])
        models = self.project.models[source]
        target = self.rng.choice([*self.project.models, "app/schema/moved.py"])
        self.project.models.setdefault(target, []).append(models.pop())

    def change_constraint(self) -> None:
        model = next(each for models in self.project.models.values() for each in models)
        if not model.unique and model.table not in self.touched and (model.table, "uq") not in self.touched:
            model.unique = True
            self.touched.add((model.table, "uq"))
            self.schema.append(f"unique constraint {model.table}.uq_{model.table} added")

    def change_used_enum(self) -> None:
        if "Status" not in self.touched:
            self.touched.add("Status")
            self.project.enums["Status"].append(self.name("M").upper())
            self.schema.append("enum Status: members changed")

    def change_unused_enum(self) -> None:
        self.project.enums["Label"].append(self.name("M").upper())

    def change_looks(self) -> None:
        model = self.model()
        match self.rng.choice(["comment", "method", "shuffled", "quote", "lines", "relationship", "imports"]):
            case "comment":
                model.comment = self.name("words ")
            case "method":
                model.method = self.name("m")
            case "shuffled":
                model.shuffled = not model.shuffled
            case "quote":
                model.quote = "'" if model.quote == '"' else '"'
            case "lines":
                model.lines = 1 - model.lines
            case "relationship":
                model.relationship = f"{self.name('r')} = relationship('Users', lazy='joined')"
            case "imports":
                self.project.imports = f"import {self.name('module')}\n"

    def edit_application(self) -> None:
        self.project.extra["app/views.py"] = f"y = {self.serial}\n"

    # Commits

    def commit(self, merges: int | None = None) -> None:
        self.commits.append((copy.deepcopy(self.project), merges))

    def revert(self) -> None:
        """Does something, and undoes it in a further commit."""
        saved = copy.deepcopy((self.project, self.applied, self.seeds, self.new, self.schema, self.touched))
        for _ in range(2):
            self.rng.choice(DEEDS)[1](self)
        self.commit()
        self.project, self.applied, self.seeds, self.new, self.schema, self.touched = saved

    def merge_main(self, states: list[Project]) -> None:
        """What main has done since: migrations, seeds and a column, at places that this branch has left alone."""
        if self.merge_base + 1 >= len(states) or self.has_moved():
            return
        old, self.merge_base = states[self.merge_base], self.rng.randrange(self.merge_base + 1, len(states))
        main = states[self.merge_base]
        self.commit()
        for path, migration in main.migrations.items():
            if path not in old.migrations:
                self.project.migrations[path] = copy.deepcopy(migration)
        for path, text in main.seeds.items():
            if path not in old.seeds:
                self.project.seeds[path] = text
        self.project.extra |= {path: text for path, text in main.extra.items() if path.startswith("app/schema/main")}
        self.commit(merges=self.merge_base)

    def expected(self, least: int = 1, most: int = 1) -> Expected:
        findings = []
        for identifier, what in self.applied.items():
            rule = "applied-revision-deleted" if what == "deleted" else "applied-revision-edited"
            findings.append((rule, "warning" if what == "words" else "error", identifier))
        findings += [("seed-script-edited", severity, path) for path, severity in self.seeds.items()]
        if self.schema and len(self.new) < least:
            findings.append(("schema-change-without-migration", "error", ""))
        if len(self.new) > most:
            findings.append(("too-many-migrations", "error", ""))
        return Expected(sorted(findings), self.new, sorted(self.schema))


DEEDS = [
    (8, Pull.add),
    (2, Pull.edit_new),
    (2, Pull.rename_new),
    (1, Pull.delete_new),
    (2, Pull.reparent_new),
    (2, Pull.edit_applied),
    (1, Pull.reparent_applied),
    (2, Pull.comment_applied),
    (3, Pull.edit_sql),
    (3, Pull.rename_applied),
    (1, Pull.swap_applied),
    (2, Pull.delete_applied),
    (1, Pull.replace_applied),
    (1, Pull.copy_applied),
    (1, Pull.copy_as_new),
    (1, Pull.move_all),
    (2, Pull.edit_seed),
    (1, Pull.comment_seed),
    (1, Pull.delete_seed),
    (1, Pull.rename_seed),
    (1, Pull.add_seed),
    (1, Pull.edit_helper),
    (3, Pull.change_column),
    (2, Pull.add_column),
    (1, Pull.remove_column),
    (2, Pull.add_model),
    (2, Pull.move_model),
    (1, Pull.change_constraint),
    (1, Pull.change_used_enum),
    (1, Pull.change_unused_enum),
    (6, Pull.change_looks),
    (1, Pull.edit_application),
]


def make_pull(rng: random.Random, number: int, states: list[Project]) -> Pull:
    start = rng.randrange(2, len(states))
    pull = Pull(rng, number, states[start], start)
    weights = [weight for weight, _ in DEEDS]
    for _ in range(rng.randrange(0, 6)):
        roll = rng.random()
        if roll < 0.12:
            pull.shapes.append("revert")
            pull.revert()
        elif roll < 0.24:
            pull.shapes.append("merge_main")
            pull.merge_main(states)
        else:
            deed = rng.choices(DEEDS, weights)[0][1]
            pull.shapes.append(deed.__name__)
            deed(pull)
        if rng.random() < 0.4:
            pull.commit()
    pull.commit()
    return pull


# --- The repository ---------------------------------------------------------------------------------------------------


def git(folder: pathlib.Path, *arguments: str, data: bytes | None = None) -> str:
    done = subprocess.run(
        ["git", "-c", "protocol.file.allow=always", *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        input=data,
        capture_output=True,
        timeout=TIMEOUT,
    )
    if done.returncode != 0:
        raise RuntimeError(f"git {' '.join(arguments)}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode().strip()


class Importer:
    """A stream for `git fast-import`."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.marks = 0

    def commit(self, ref: str, files: dict[str, str], parent: int | None, merges: int | None = None) -> int:
        self.marks += 1
        self.parts.append(f"commit {ref}\nmark :{self.marks}\ncommitter T <t@example.com> 1704067200 +0000\n".encode())
        self.parts.append(b"data 1\nx\n")
        if parent is not None:
            self.parts.append(f"from :{parent}\n".encode())
        if merges is not None:
            self.parts.append(f"merge :{merges}\n".encode())
        self.parts.append(b"deleteall\n")
        for path, text in files.items():
            content = text.encode()
            self.parts.append(f'M 100644 inline "{path}"\ndata {len(content)}\n'.encode() + content + b"\n")
        return self.marks


def main_states(rng: random.Random) -> list[Project]:
    project = first_project()
    states = []
    for number in range(MAIN_COMMITS):
        for _ in range(2):
            identifier = f"r{number}{len(project.migrations):03}"
            path = add_migration(project, identifier)
            if rng.random() < 0.5:
                project.migrations[path].sql_name = f"{identifier}.sql"
                project.migrations[path].sql = f"CREATE TABLE {identifier} (id integer);\n"
            project.seeds[f"scripts/seeds/{identifier}.py"] = seed_text(path, rng.randrange(100))
        project.extra[f"app/schema/main{number}.py"] = SCHEMA_HEAD + Model(f"m{number}", "column", [Column("x")]).text()
        states.append(copy.deepcopy(project))
    return states


@dataclasses.dataclass
class Case:
    number: int
    pull: Pull
    base: str  # a branch
    place: str
    expected: Expected
    settings: str


PLACES = ["clone", "worktree", "submodule", "github", "uncommitted", "staged", "deep", "shallow"]
WEIGHTS = [6, 4, 4, 4, 4, 4, 1, 1]


def stack_pull(rng: random.Random, number: int, under: Pull) -> Pull:
    """On top of another branch, which is its base."""
    pull = Pull(rng, number, under.project, under.first)
    pull.shapes.append("stacked")
    # An id that two files share is the business of check-heads.
    ids = collections.Counter(each.id for each in under.project.migrations.values())
    pull.touched |= {identifier for identifier, times in ids.items() if times > 1}
    deeds = [(weight, deed) for weight, deed in DEEDS if deed is not Pull.copy_applied]
    for deed in rng.choices([deed for _, deed in deeds], [weight for weight, _ in deeds], k=rng.randrange(1, 4)):
        pull.shapes.append(deed.__name__)
        deed(pull)
    pull.commit()
    return pull


def make_cases(rng: random.Random, count: int, repository: pathlib.Path) -> list[Case]:
    states = main_states(rng)
    importer = Importer()
    marks: list[int] = []
    for state in states:
        marks.append(importer.commit("refs/heads/main", state.files(), marks[-1] if marks else None))
    cases: list[Case] = []
    for number in range(count):
        below = cases[-1] if cases and rng.random() < 0.12 else None
        pull = stack_pull(rng, number, below.pull) if below else make_pull(rng, number, states)
        mark = below.pull.mark if below else marks[pull.first]
        merges_main = False
        for state, merged in pull.commits:
            merges_main = merges_main or merged is not None
            mark = importer.commit(
                f"refs/heads/pull{number}", state.files(), mark, None if merged is None else marks[merged]
            )
        pull.mark = mark
        place = rng.choices(PLACES, WEIGHTS)[0]
        if place in ("uncommitted", "staged") and (below or merges_main):
            place = "clone"
        if place == "github" and (below or pull.project.folder != "migrations/versions"):
            place = "worktree"
        least, most = rng.choice([(0, 1), (1, 2), (2, 3), (0, 0)]) if rng.random() < 0.15 else (1, 1)
        settings = f"[pull-request]\nmin-migrations = {least}\nmax-migrations = {most}\n"
        base = f"pull{below.number}" if below else "main"
        cases.append(Case(number, pull, base, place, pull.expected(least, most), settings))
    git(repository, "fast-import", "--quiet", "--force", data=b"".join(importer.parts))
    return cases


# --- Running ----------------------------------------------------------------------------------------------------------


class Site:
    """The working trees that one worker uses."""

    def __init__(self, top: pathlib.Path, repository: pathlib.Path):
        self.top = top
        self.repository = repository
        top.mkdir()
        self.clone = top / "a clone"
        git(top, "clone", "--quiet", "--no-checkout", str(repository), str(self.clone))
        self.worktree = top / "worktree"
        git(self.clone, "worktree", "add", "--quiet", "--detach", str(self.worktree), "origin/main")
        outer = top / "outer"
        git(top, "init", "--quiet", str(outer))
        git(outer, "submodule", "--quiet", "add", str(repository), "inner")
        self.submodule = outer / "inner"

    def prepare(self, case: Case) -> pathlib.Path:
        branch = f"pull{case.number}"
        if case.place in ("deep", "shallow"):
            folder = self.top / f"{case.place}{case.number}"
            depth = "100" if case.place == "deep" else "1"
            url = f"file://{self.repository}"
            git(self.top, "clone", "--quiet", "--no-single-branch", "--depth", depth, "-b", branch, url, str(folder))
            return folder
        folder = {"worktree": self.worktree, "submodule": self.submodule}.get(case.place, self.clone)
        git(folder, "reset", "--quiet", "--hard")
        git(folder, "clean", "--quiet", "-ffdx")
        if case.place in ("uncommitted", "staged"):
            git(folder, "checkout", "--quiet", "--detach", f"origin/main~{MAIN_COMMITS - 1 - case.pull.first}")
            self.write(folder, case)
        elif case.place == "github":
            tree = git(folder, "merge-tree", "--write-tree", "origin/main", f"origin/{branch}").split()[0]
            parents = ["-p", "origin/main", "-p", f"origin/{branch}"]
            merge = git(folder, "commit-tree", tree, *parents, "-m", "merge")
            git(folder, "checkout", "--quiet", "--detach", merge)
        else:
            git(folder, "checkout", "--quiet", "--detach", f"origin/{branch}")
        return folder

    @staticmethod
    def write(folder: pathlib.Path, case: Case) -> None:
        files = case.pull.project.files()
        for path in git(folder, "ls-files", "-z").split("\0"):
            if path and path not in files:
                (folder / path).unlink()
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        if case.place == "staged":
            git(folder, "add", "--all", *sorted(files)[:: 2 if case.number % 2 else 1])


def run_case(case: Case, site: Site) -> list[str]:
    folder = site.prepare(case)
    settings = site.top / "settings.toml"
    settings.write_text('schema-paths = ["app/schema/**"]\n' + case.settings, encoding="utf-8")
    base = f"origin/{case.base}"
    environment = dict(ENVIRONMENT)
    arguments = ["--format", "json", "--config", str(settings)]
    match case.number % 3:
        case 0:
            arguments += ["--base", base]
        case 1:
            environment["MIGRATION_BASE_REF"] = base
        case 2:
            environment["GITHUB_BASE_REF"] = case.base
    done = subprocess.run([TOOL, *arguments], cwd=folder, env=environment, capture_output=True, timeout=TIMEOUT)
    stderr = done.stderr.decode(errors="replace")
    if case.place == "shallow":
        right = done.returncode == 2 and "this clone is shallow" in stderr and "git fetch --unshallow" in stderr
        return [] if right else [f"exit status {done.returncode} in a shallow clone: {stderr}"]
    if done.returncode == 2 or not done.stdout:
        return [f"exit status {done.returncode}: {stderr}"]
    report = json.loads(done.stdout)
    seen = []
    for finding in report["findings"]:
        name = finding["revision"] or ""
        if finding["rule"] == "seed-script-edited":
            name = finding["repository_path"]
        elif not finding["rule"].startswith("applied"):
            name = ""
        seen.append((finding["rule"], finding["severity"], name))
    problems = []
    expected = case.expected
    if sorted(seen) != expected.findings:
        problems.append(f"findings: {sorted(seen)}, expected {expected.findings}")
    if set(report["summary"]["new_migrations"]) != expected.new:
        problems.append(f"new: {report['summary']['new_migrations']}, expected {sorted(expected.new)}")
    if sorted(report["summary"]["schema_changes"]) != expected.schema:
        problems.append(f"schema: {report['summary']['schema_changes']}, expected {expected.schema}")
    status = 1 if any(severity == "error" for _, severity, _ in expected.findings) else 0
    if done.returncode != status:
        problems.append(f"exit status {done.returncode}, expected {status}")
    return problems


ENVIRONMENT: dict[str, str] = {}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--pulls", type=int, default=330)
    parser.add_argument("--only", type=int, help="run one of them, and keep its folder")
    arguments = parser.parse_args()
    top = pathlib.Path(tempfile.mkdtemp(prefix="gauger-pulls-"))
    ENVIRONMENT.update(
        {
            "PATH": os.environ["PATH"],
            "HOME": str(top),
            "LANG": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{role}_NAME": "T" for role in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{role}_EMAIL": "t@example.com" for role in ("AUTHOR", "COMMITTER")},
        }
    )
    repository = top / "origin"
    git(top, "init", "--quiet", "--initial-branch=main", str(repository))
    cases = make_cases(random.Random(arguments.seed), arguments.pulls, repository)
    git(repository, "checkout", "--quiet", "--force", "main")
    sites: queue.Queue[Site] = queue.Queue()
    workers = os.cpu_count() or 1
    for number in range(workers):
        sites.put(Site(top / f"site{number}", repository))

    def check(case: Case) -> list[str]:
        site = sites.get()
        try:
            return run_case(case, site)
        finally:
            sites.put(site)

    chosen = [case for case in cases if arguments.only in (None, case.number)]
    failed = 0
    shapes: collections.Counter[str] = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for case, problems in zip(chosen, pool.map(check, chosen), strict=True):
            shapes.update(case.pull.shapes)
            shapes[f"in {case.place}"] += 1
            if problems:
                failed += 1
                print(f"FAILED pull {case.number} (--seed {arguments.seed}) in {case.place}: {case.pull.shapes}")
                for problem in problems:
                    print(f"  {problem}")
    with_findings = sum(1 for case in chosen if case.expected.findings)
    print(f"pulls: {len(chosen) - failed} passed, {failed} failed; {with_findings} with findings")
    print("shapes: " + ", ".join(f"{shape} {count}" for shape, count in sorted(shapes.items())))
    # What is never generated is not tested.
    missing = {deed.__name__ for _, deed in DEEDS} | {f"in {place}" for place in PLACES}
    missing |= {"revert", "merge_main", "stacked"}
    missing -= set(shapes)
    if arguments.only is None:
        if missing:
            print(f"never generated: {sorted(missing)}")
            failed += 1
        subprocess.run(["rm", "-rf", top], check=True)
    else:
        print(f"kept {top}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
