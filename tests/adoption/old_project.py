"""A project of many years, in which every rule is broken that a history can break and still be loaded.

The examples of the rules' rooms (rules/<rule>/cases/bad_*) follow one another in one chain, which begins twice, parts and
merges, has headers that are wrong or absent, and is filled up with plain revisions.
"""

import hashlib
import pathlib
import re
from typing import NamedTuple

INI = "[alembic]\nscript_location = %(here)s/migrations\nprepend_sys_path = .\npath_separator = os\n"
IDENTIFIER = re.compile(r"^revision(?:: str)? = [\"'](\w+)[\"']", re.MULTILINE)
FIRST = re.compile(r"^down_revision(: [^=]+)? = None", re.MULTILINE)
# The types and tables of other cases have the names of theirs, and would be there before.
EARLY = {"enum_type_missing", "partition_detach_blocks"}
PARENT = re.compile(r"^down_revision(?:: [^=]+)? = [\"'](\w+)[\"']", re.MULTILINE)


class Revision(NamedTuple):
    id: str
    text: str


def chain_of(case: pathlib.Path) -> list[Revision] | None:
    """The case's revisions from base to head, with ids of its own; nothing where they are no plain chain."""
    texts: dict[str, str] = {}
    parents: dict[str | None, str] = {}
    for path in sorted((case / "versions").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        identifier, parent = IDENTIFIER.search(text), PARENT.search(text)
        if not identifier or (not parent and not FIRST.search(text)):
            return None
        texts[identifier[1]] = text
        parents[parent[1] if parent else None] = identifier[1]
    if len(parents) != len(texts):
        return None
    chain: list[Revision] = []
    current = None
    while current in parents:
        current = parents[current]
        chain.append(Revision(current, texts[current]))
    if len(chain) != len(texts):
        return None
    new = {old: hashlib.sha256(f"{case}{old}".encode()).hexdigest()[:12] for old in texts}
    return [Revision(new[each.id], re.sub("|".join(new), lambda found: new[found[0]], each.text)) for each in chain]


def bad_cases(rules: pathlib.Path) -> list[pathlib.Path]:
    """Those that need nothing but their revisions and the defaults, or reasons for tags."""
    found = []
    for case in sorted(rules.glob("*/cases/bad_*")):
        extra = {path.name for path in case.iterdir()} - {"versions", "expected.txt", "before.sql", "proof.toml", "__pycache__"}
        if not extra or case.parent.parent.name == "tag_without_reason":
            found.append(case)
    return sorted(found, key=lambda case: case.parent.parent.name not in EARLY)


def plain(identifier: str, parent: str, date: str, parents: str | None = None) -> str:
    return (
        f'"""Revision {identifier}\n\nRevision ID: {identifier}\nRevises: {parent}\nCreate Date: {date}\n"""\n'
        "from alembic import op\nimport sqlalchemy as sa\n\n"
        f'revision = "{identifier}"\ndown_revision = {parents or repr(parent)}\n\n\n'
        f'def upgrade():\n    op.create_table("t_{identifier}", sa.Column("id", sa.Integer(), primary_key=True))\n\n\n'
        f'def downgrade():\n    op.drop_table("t_{identifier}")\n'
    )


def write(folder: pathlib.Path, rules: pathlib.Path, count: int) -> None:
    """`count` revisions with one head, models and their env.py."""
    versions = folder / "migrations/versions"
    versions.mkdir(parents=True)
    (folder / "alembic.ini").write_text(INI, encoding="utf-8")
    (folder / "migrations/env.py").write_text("raise SystemExit('a static check has run env.py')\n", encoding="utf-8")
    (folder / "migrations/script.py.mako").write_text("", encoding="utf-8")
    (folder / "app").mkdir()
    (folder / "app/models.py").write_text(
        "from sqlalchemy import Column, Integer\nfrom sqlalchemy.orm import DeclarativeBase\n\n\n"
        "class Base(DeclarativeBase):\n    pass\n\n\n"
        'class Account(Base):\n    __tablename__ = "accounts"\n    id = Column(Integer, primary_key=True)\n',
        encoding="utf-8",
    )

    revisions = [
        Revision("base_one", plain("base_one", "None", "2015-01-01 00:00:00", "None")),
        Revision("base_two", plain("base_two", "None", "2015-01-02 00:00:00", "None")),
        Revision("left", plain("left", "base_one", "2015-01-03 00:00:00")),
        Revision("right", plain("right", "base_one", "2015-01-04 00:00:00")),
        Revision("joined", plain("joined", "left", "2014-01-01 00:00:00", '("left", "right", "base_two")')),
        Revision("undated", plain("undated", "joined", "last summer")),
        Revision("misled", plain("misled", "left", "2016-01-01 00:00:00", '"undated"')),
    ]
    for case in bad_cases(rules):
        for position, revision in enumerate(chain_of(case) or []):
            text = revision.text
            if position == 0:
                text = FIRST.sub(lambda found: f'down_revision = "{revisions[-1].id}"', text)
            revisions.append(Revision(revision.id, text))
    for number in range(count - len(revisions)):
        identifier = f"plain_{number}"
        date = f"{2017 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02} 12:00:00"
        revisions.append(Revision(identifier, plain(identifier, revisions[-1].id, date)))
    for number, revision in enumerate(revisions):
        (versions / f"{number:04}_{revision.id}.py").write_text(revision.text, encoding="utf-8")
