#!/usr/bin/env python3
"""What smoke costs, against a plain `alembic upgrade head` of the same history on the same server.

Whole processes, in turns, medians, and the processor time of all of them, the server's sessions too. The databases of the
plain runs are made before the clock starts; smoke makes and drops its own meanwhile. The targets: `fresh` with its trace at
most 1.2 times the plain run, `both` at most 2.2 times. A missed target is printed and is no failure. `make bench` runs it
last.
"""

import argparse
import contextlib
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import psycopg
from generate_history import generate

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build"
sys.path.append(str(ROOT / "tests" / "live"))
from live_program import dsn_of, live_program  # noqa: E402


class Server:
    """A private server, as smoke starts its own."""

    def __enter__(self):
        self.program = contextlib.ExitStack()
        path = self.program.enter_context(live_program("server"))
        self.dsn = dsn_of(path)
        self.pid = int((Path(path) / "data" / "postmaster.pid").read_text().split()[0])
        return self

    def processor_seconds(self):
        """Of the sessions that have ended."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")

    def __exit__(self, *ignored):
        self.program.close()

    def new_database(self):
        with psycopg.connect(self.dsn(), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS plain")
            connection.execute("CREATE DATABASE plain")


def client_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def timed(server, command, folder, **variables):
    """Wall and processor time."""
    spent = client_seconds() + server.processor_seconds()
    began = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **variables}, capture_output=True, text=True
    )
    seconds = time.perf_counter() - began
    if done.returncode != 0:
        sys.exit(f"{command}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    time.sleep(0.2)  # the last session ends
    return seconds, client_seconds() + server.processor_seconds() - spent


LIMITS = {"smoke --mode fresh": 1.2, "smoke --mode both": 2.2}
KINDS = {
    "one transaction": "",
    "a transaction for each migration": ", transaction_per_migration=True",
}


def measure(work, revisions, repetitions):
    """By kind and row, its runs: wall and processor seconds."""
    project = work / f"smoke-{revisions}"
    if not project.exists():
        generate(revisions, project, seed=1, violations=0)
    env = project / "migrations" / "env.py"
    text = env.read_text()
    for option in filter(None, KINDS.values()):
        text = text.replace(option, "")
    results = {}
    for kind, option in KINDS.items():
        env.write_text(text.replace("connection=connection", "connection=connection" + option))
        results[kind] = measure_kind(project, repetitions)
    return results


def measure_kind(project, repetitions):
    alembic = Path(sys.executable).parent / "alembic"
    tool = [str(BUILD / "bin" / "smoke"), "--quiet"]
    rows = {
        "alembic upgrade head": None,
        "smoke --mode fresh --no-trace": ["--mode", "fresh", "--no-trace"],
        "smoke --mode fresh": ["--mode", "fresh"],
        "smoke --mode both": ["--mode", "both"],
    }
    runs = {name: [] for name in rows}
    with Server() as server:
        for turn in range(repetitions + 1):
            for name, words in rows.items():
                if words is None:
                    server.new_database()
                    url = server.dsn("plain", "+psycopg2")
                    taken = timed(server, [alembic, "upgrade", "head"], project, DATABASE_URL=url)
                else:
                    # The same driver, and a Python that has alembic.
                    variables = {
                        "DATABASE_URL": "postgresql+psycopg2://nobody@nowhere/nothing",
                        "VIRTUAL_ENV": sys.prefix,
                    }
                    command = [*tool, *words, "--dsn", server.dsn()]
                    taken = timed(server, command, project, **variables)
                if turn > 0:  # the first only warms up
                    runs[name].append(taken)
    return runs


def markdown(revisions, results):
    lines = []
    for kind, runs in results.items():
        medians = {name: [median(each) for each in zip(*taken)] for name, taken in runs.items()}
        plain = medians["alembic upgrade head"]
        lines += [
            f"| {revisions} revisions, {kind} | wall | ratio | limit | processor | ratio |",
            "|---|--:|--:|--:|--:|--:|",
        ]
        for name, (wall, processor) in medians.items():
            lines.append(
                f"| {name} | {wall:.2f} s | {wall / plain[0]:.2f} | {LIMITS.get(name, '')} "
                f"| {processor:.2f} s | {processor / plain[1]:.2f} |"
            )
        lines.append("")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--revisions", type=int, default=200)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--work", type=Path, default=BUILD / "bench")
    arguments = parser.parse_args()
    results = measure(arguments.work, arguments.revisions, arguments.repetitions)
    print(markdown(arguments.revisions, results))


if __name__ == "__main__":
    main()
