#!/usr/bin/env python3
"""check-linear-history --fix=order on generated branches: once the base is merged, Alembic has one chain.

    order_test.py [--seed N] [--branches N]

A branch has chains, forks, merge revisions and dates of its own in any order, on any revision that it shares with its base,
and the base has moved on. After the fix the two are merged by git, and Alembic's own ScriptDirectory is asked.
"""

import argparse
import concurrent.futures
import datetime
import os
import pathlib
import random
import subprocess
import sys
import tempfile

from alembic.config import Config
from alembic.script import ScriptDirectory

TOOL = pathlib.Path(os.environ.get("GAUGER_BIN", pathlib.Path(__file__).parents[3] / "build" / "bin")) / (
    "check-linear-history"
)
START = datetime.datetime(2024, 1, 1)


def text(identifier: str, parents: list[str], depends_on: str | None, days: int) -> str:
    value = repr(parents[0]) if len(parents) == 1 else repr(tuple(parents) or None)
    return (
        f'"""{identifier}\n\nRevision ID: {identifier}\nRevises: {", ".join(parents)}\n'
        f'Create Date: {START + datetime.timedelta(days=days)}\n"""\nrevision = {identifier!r}\n'
        f"down_revision = {value}\nbranch_labels = None\ndepends_on = {depends_on!r}\n\n\n"
        "def upgrade() -> None:\n    pass\n"
    )


def run(folder: pathlib.Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, arguments)], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=60)


def git(folder: pathlib.Path, *arguments: str) -> None:
    done = run(folder, "git", *arguments)
    if done.returncode != 0:
        raise RuntimeError(f"git {' '.join(arguments)}: {done.stderr}")


def commit(folder: pathlib.Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x")


def check(seed: int) -> list[str]:
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="gauger-order-") as temporary:
        folder = pathlib.Path(temporary)
        versions = folder / "migrations" / "versions"
        versions.mkdir(parents=True)
        (folder / "alembic.ini").write_text("[alembic]\nscript_location = migrations\n")
        git(folder, "init", "--quiet", "--initial-branch=main")
        shared = [f"s{number}" for number in range(rng.randrange(1, 4))]
        for number, identifier in enumerate(shared):
            (versions / f"{identifier}.py").write_text(text(identifier, shared[number - 1 : number], None, number))
        commit(folder)
        git(folder, "switch", "--quiet", "--create", "feature")

        # The branch's own revisions: each stands on one or two of what is there.
        needs: dict[str, list[str]] = {}
        for number in range(rng.randrange(1, 7)):
            identifier = f"o{number}"
            below = [*shared, *needs]
            parents = [rng.choice(below[-4:])]
            if needs and rng.random() < 0.25:
                heads = [each for each in needs if not any(each in others for others in needs.values())]
                parents = rng.sample(heads, min(2, len(heads)))
            depends_on = rng.choice(list(needs)) if needs and rng.random() < 0.15 else None
            needs[identifier] = [*parents, *([depends_on] if depends_on else [])]
            name = f"{rng.randrange(1000):03}_{identifier}.py"
            (versions / name).write_text(text(identifier, parents, depends_on, rng.randrange(40)))
        commit(folder)
        git(folder, "switch", "--quiet", "main")
        theirs = [f"t{number}" for number in range(rng.randrange(0, 3))]
        for number, identifier in enumerate(theirs):
            parent = theirs[number - 1] if number else shared[-1]
            (versions / f"{identifier}.py").write_text(text(identifier, [parent], None, 10 + number))
            commit(folder)
        base = {path.name: path.read_text() for path in versions.glob("*.py")}
        git(folder, "switch", "--quiet", "feature")

        done = run(folder, TOOL, "--base", "main", "--fix=order")
        problems = [] if done.returncode == 0 else [f"exit status {done.returncode}: {done.stdout}{done.stderr}"]
        commit(folder) if run(folder, "git", "status", "--porcelain").stdout else None
        git(folder, "merge", "--quiet", "--no-edit", "main")
        problems += [f"{name} of the base was edited" for name in base if (versions / name).read_text() != base[name]]

        config = Config()
        config.set_main_option("script_location", str(folder / "migrations"))
        chain = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]
        if chain[: len(shared) + len(theirs)] != shared + theirs or sorted(chain) != sorted(shared + theirs + [*needs]):
            problems.append(f"the chain is {chain}")
        place = {identifier: number for number, identifier in enumerate(chain)}
        for script in ScriptDirectory.from_config(config).walk_revisions():
            if script.is_merge_point or script.is_branch_point:
                problems.append(f"{script.revision} is no link of a chain")
        for identifier, below in needs.items():
            problems += [f"{identifier} is before {each}" for each in below if place[each] > place[identifier]]
        again = run(folder, TOOL, "--base", "main", "--fix=order")
        if again.returncode != 0 or again.stderr:
            problems.append(f"a second run: {again.stdout}{again.stderr}")
        return [f"--seed {seed}: {problem}" for problem in problems]


ENVIRONMENT: dict[str, str] = {}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--branches", type=int, default=60)
    arguments = parser.parse_args()
    ENVIRONMENT.update({"PATH": os.environ["PATH"], "HOME": "/", "LANG": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"})
    for role in ("AUTHOR", "COMMITTER"):
        ENVIRONMENT.update({f"GIT_{role}_NAME": "T", f"GIT_{role}_EMAIL": "t@example.com"})
    seeds = range(arguments.seed, arguments.seed + arguments.branches)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for problems in pool.map(check, seeds):
            failed += bool(problems)
            for problem in problems:
                print(problem)
    print(f"branches: {arguments.branches - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
