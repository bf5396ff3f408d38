#!/usr/bin/env python3
"""Writes a complete Alembic project of N revisions, as `alembic revision --autogenerate` would.

The history replays: columns exist before they are altered, downgrade() is the inverse of upgrade(),
and `DATABASE_URL=... alembic upgrade head` works on PostgreSQL 13 and newer. It is one chain in
Create Date order, and clean under Gauger's tag rules, but for `--violations K`, which are listed in
violations.txt (path, rule). The same arguments give the same bytes.
"""

import argparse
import random
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from history_schema import Schema, Step
from history_templates import ALEMBIC_INI, ENV_PY, SCRIPT_PY_MAKO, STYLES, TEMPLATE

STEPS = {
    Schema.create_table: 80,
    Schema.add_column: 30,
    Schema.create_index: 8,
    Schema.add_foreign_key: 8,
    Schema.batch: 5,
    Schema.allow_null: 4,
    Schema.require: 3,
    Schema.add_enum_column: 3,
    Schema.create_unique: 3,
    Schema.change_comment: 3,
    Schema.change_type: 2,
    Schema.drop_column: 2,
    Schema.drop_table: 0.3,
}
SETTLED = 10  # revisions; before, there is too little to violate a rule with
VIOLATIONS = {
    "destructive-operation": lambda schema: schema.drop_column(tag=""),
    "type-change": lambda schema: schema.change_type(tag=""),
    "not-null-without-backfill": Schema.add_required_column,
    "empty-migration": lambda schema: Step("nothing", "    pass", "    pass"),
}


def compose(schema: Schema, rng: random.Random, violation: str | None) -> list[Step]:
    """The steps of one revision: few or many, about 2 KB of upgrade() on average."""
    schema.fresh.clear()
    first = not schema.tables
    if violation == "empty-migration":
        return [VIOLATIONS[violation](schema)]
    steps = []
    while violation and not steps:
        if step := VIOLATIONS[violation](schema):
            steps.append(step)
    if not violation and not first:
        kind = rng.random()
        if kind < 0.01:
            return [
                Step("placeholder", "    # empty: allow keeps a number free\n    pass", "    pass")
            ]
        if kind < 0.03 and (step := schema.create_index_concurrently()):
            return [step]
    budget = rng.lognormvariate(6.78, 0.75)
    while not steps or sum(len(step.up) for step in steps) < budget:
        make = (
            rng.choices(list(STEPS), list(STEPS.values()))[0] if not first else Schema.create_table
        )
        if step := make(schema):
            steps.append(step)
    return steps


def format_date(date: datetime, rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.02:
        return date.strftime("%Y-%m-%d %H:%M:%S")
    return date.isoformat(" ", "microseconds") + ("+00:00" if kind < 0.05 else "")


def generate(count: int, out: Path, seed: int, violations: int) -> None:
    rng = random.Random(seed)
    schema = Schema(rng)
    versions = out / "migrations" / "versions"
    versions.mkdir(parents=True)
    (out / "alembic.ini").write_text(ALEMBIC_INI)
    (out / "migrations" / "env.py").write_text(ENV_PY)
    (out / "migrations" / "script.py.mako").write_text(SCRIPT_PY_MAKO)

    places = sorted(rng.sample(range(SETTLED, count), violations))
    planted = {place: list(VIOLATIONS)[i % len(VIOLATIONS)] for i, place in enumerate(places)}
    listing = []
    previous = None
    date = datetime(2015, 1, 5, 9, 30)
    for i in range(count):
        steps = compose(schema, rng, planted.get(i))
        up = "\n".join(step.up for step in steps)
        down = "\n".join(step.down for step in reversed(steps))
        revision = f"{rng.getrandbits(48):012x}"
        date += timedelta(seconds=60, microseconds=rng.randrange(8 * 3600 * 1_000_000))
        # The project renewed its template now and then, and some people copied an old revision.
        style = STYLES[i * len(STYLES) // count if rng.random() < 0.95 else 0]
        text = TEMPLATE.format(
            **style,
            message=steps[0].message.capitalize(),
            revision=revision,
            revises=previous or "",
            down_revision=repr(previous),
            date=format_date(date, rng),
            imports="from sqlalchemy.dialects import postgresql\n"
            if "postgresql." in up + down
            else "",
            upgrade=up,
            downgrade=down,
        )
        slug = re.sub(r"\W+", "_", steps[0].message.lower())[:40].rstrip("_")
        path = versions / f"{revision}_{slug}.py"
        path.write_text(text)
        if i in planted:
            listing.append(f"{path.relative_to(out)} {planted[i]}\n")
        previous = revision
    (out / "violations.txt").write_text("".join(listing))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("count", type=int, metavar="N")
    parser.add_argument(
        "out", type=Path, metavar="OUTDIR", help="is replaced if it was made by this script"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--violations", type=int, default=0, metavar="K", help="plant K violations of the tag rules"
    )
    arguments = parser.parse_args()
    if arguments.violations > max(0, arguments.count - SETTLED):
        parser.error(f"there is room for {max(0, arguments.count - SETTLED)} violations")
    if arguments.out.exists():
        if any(arguments.out.iterdir()) and not (arguments.out / "violations.txt").exists():
            parser.error(f"{arguments.out} is not a generated history")
        shutil.rmtree(arguments.out)
    generate(arguments.count, arguments.out, arguments.seed, arguments.violations)


if __name__ == "__main__":
    main()
