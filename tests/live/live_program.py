"""What the tests' own program starts and ends: a server that is not Gauger's."""

import contextlib
import os
import pathlib
import subprocess
import urllib.parse
from collections.abc import Callable, Iterator

ROOT = pathlib.Path(os.environ.get("GAUGER_ROOT", pathlib.Path(__file__).resolve().parents[2]))
BIN = pathlib.Path(os.environ.get("GAUGER_BIN", ROOT / "build" / "bin"))


@contextlib.contextmanager
def live_program(command: str) -> Iterator[str]:
    """The line that `live_program <command>` prints when it is ready; it is ended behind that."""
    program = subprocess.Popen(
        [BIN.parent / "live" / "live_program", command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield program.stdout.readline().strip()
    finally:
        program.stdin.close()
        program.wait()
        program.stdout.close()


@contextlib.contextmanager
def live_server() -> Iterator[Callable[..., str]]:
    """A server; gives the DSN of a database on it: dsn("postgres", driver="+asyncpg")."""
    with live_program("server") as folder:
        yield dsn_of(folder)


def dsn_of(folder: str) -> Callable[..., str]:
    host = urllib.parse.quote(folder, safe="")

    def dsn(database: str = "postgres", driver: str = "") -> str:
        return f"postgresql{driver}://postgres@/{database}?host={host}"

    return dsn
