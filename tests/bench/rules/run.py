#!/usr/bin/env python3
"""Precision and recall of Gauger and of other linters on the labelled collection, as a table.

With --prove, the labels are proven on PostgreSQL first.
"""

import argparse
import io
import pathlib
import sys
import tempfile

from alembic import command
from alembic.config import Config

import collection
import linters
import prove


def write_sql(revisions: list[collection.Revision], project: pathlib.Path) -> int:
    """`alembic upgrade --sql` of each; how many it cannot render."""
    (project / "sql").mkdir()
    failed = 0
    for revision in revisions:
        text = io.StringIO()
        config = Config(str(project / "alembic.ini"), output_buffer=text)
        try:
            command.upgrade(config, f"{revision.down_revision}:{revision.id}", sql=True)
        except Exception:  # it asks the database something
            failed += 1
            continue
        lines = [line for line in text.getvalue().splitlines() if "alembic_version" not in line]
        file = project / "sql" / revision.file.replace(".py", ".sql")
        file.write_text("\n".join(lines) + "\n")
    return failed


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def row(name: str, revisions: list[collection.Revision], findings: linters.Findings) -> list[str]:
    """A pair is a revision and a hazard of it. A finding is right where it names one of them."""
    claims = right = 0
    met: dict[str, int] = dict.fromkeys(collection.HAZARDS, 0)
    labelled: dict[str, int] = dict.fromkeys(collection.HAZARDS, 0)
    alarms = safe = 0
    for revision in revisions:
        found = findings.get(revision.file, [])
        named = frozenset().union(*(each.hazards for each in found))
        # Once for each rule and revision: loops make no finding count more.
        for hazards in {each.rule: each.hazards for each in found}.values():
            claims += 1
            right += bool(hazards & revision.hazards)
        for hazard in revision.hazards:
            labelled[hazard] += 1
            met[hazard] += hazard in named
        if not revision.hazards:
            safe += 1
            alarms += bool(found)
    return [
        name,
        share(right, claims),
        share(sum(met.values()), sum(labelled.values())),
        f"{alarms} of {safe}",
        *(f"{met[hazard]}/{labelled[hazard]}" for hazard in collection.HAZARDS),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prove", action="store_true", help="prove the labels on PostgreSQL")
    parser.add_argument("--peers", type=pathlib.Path, help="the folder of the other linters' programs")
    options = parser.parse_args()
    revisions = collection.read()
    if options.prove and prove.prove(revisions):
        return 1
    with tempfile.TemporaryDirectory() as name:
        project = pathlib.Path(name)
        collection.write_project(revisions, project)
        unrendered = write_sql(revisions, project)
        table = [row("**Gauger**", revisions, linters.gauger(project))]
        for peer, run in linters.PEERS.items() if options.peers else ():
            table.append(row(peer, revisions, run(options.peers.resolve(), project)))
    dangerous = sum(bool(revision.hazards) for revision in revisions)
    print(
        f"{len(revisions)} revisions, {dangerous} of them dangerous; "
        f"{unrendered} cannot be rendered by `alembic upgrade --sql`\n"
    )
    head = ["linter", "precision", "recall", "safe ones flagged", *collection.HAZARDS]
    print("| " + " | ".join(head) + " |")
    print("|---|--:|--:|--:|" + "--:|" * len(collection.HAZARDS))
    for cells in table:
        print("| " + " | ".join(cells) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
