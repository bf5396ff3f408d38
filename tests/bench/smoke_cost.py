#!/usr/bin/env python3
"""What smoke costs, against a plain `alembic upgrade head` of the same history on the same server.

Whole processes, in turns, medians. The databases of the plain runs are made before the clock starts;
smoke makes and drops its own meanwhile. The targets: `fresh` with its trace at most 1.2 times the
plain run, `both` at most 2.2 times. A missed target is printed and is no failure.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

import psycopg
from generate_history import generate

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build"


class Server:
    """A private server, as smoke starts its own."""

    def __enter__(self):
        self.program = subprocess.Popen(
            [BUILD / "live" / "live_program", "server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.folder = urllib.parse.quote(self.program.stdout.readline().strip(), safe="")
        return self

    def __exit__(self, *ignored):
        self.program.stdin.close()
        self.program.wait()

    def dsn(self, database="postgres", driver=""):
        return f"postgresql{driver}://postgres@/{database}?host={self.folder}"

    def new_database(self):
        with psycopg.connect(self.dsn(), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS plain")
            connection.execute("CREATE DATABASE plain")


def timed(command, folder, **variables):
    began = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **variables}, capture_output=True, text=True
    )
    seconds = time.perf_counter() - began
    if done.returncode != 0:
        sys.exit(f"{command}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    return seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--revisions", type=int, default=200)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--work", type=Path, default=BUILD / "bench")
    arguments = parser.parse_args()
    project = arguments.work / f"smoke-{arguments.revisions}"
    if not project.exists():
        generate(arguments.revisions, project, seed=1, violations=0)
    for per_migration in ("", ", transaction_per_migration=True"):
        measure(arguments, project, per_migration)


def measure(arguments, project, per_migration):
    env = project / "migrations" / "env.py"
    text = env.read_text().replace(", transaction_per_migration=True", "")
    env.write_text(text.replace("connection=connection", "connection=connection" + per_migration))
    alembic = Path(sys.executable).parent / "alembic"
    tool = [str(BUILD / "bin" / "smoke"), "--quiet"]
    rows = {
        "alembic upgrade head": None,
        "smoke --mode fresh --no-trace": ["--mode", "fresh", "--no-trace"],
        "smoke --mode fresh": ["--mode", "fresh"],
        "smoke --mode both": ["--mode", "both"],
    }
    seconds = {name: [] for name in rows}
    with Server() as server:
        for turn in range(arguments.repetitions + 1):
            for name, words in rows.items():
                if words is None:
                    server.new_database()
                    url = server.dsn("plain", "+psycopg2")
                    taken = timed([alembic, "upgrade", "head"], project, DATABASE_URL=url)
                else:
                    # The same driver, and a Python that has alembic.
                    variables = {
                        "DATABASE_URL": "postgresql+psycopg2://nobody@nowhere/nothing",
                        "VIRTUAL_ENV": sys.prefix,
                    }
                    command = [*tool, *words, "--dsn", server.dsn()]
                    taken = timed(command, project, **variables)
                if turn > 0:  # the first only warms up
                    seconds[name].append(taken)
    plain = statistics.median(seconds["alembic upgrade head"])
    limits = {"smoke --mode fresh": 1.2, "smoke --mode both": 2.2}
    kind = "a transaction for each migration" if per_migration else "one transaction"
    print(f"\n| {arguments.revisions} revisions, {kind} | median | ratio | limit |")
    print("|---|--:|--:|--:|")
    for name in rows:
        middle = statistics.median(seconds[name])
        print(f"| {name} | {middle:.2f} s | {middle / plain:.2f} | {limits.get(name, '')} |")


if __name__ == "__main__":
    main()
