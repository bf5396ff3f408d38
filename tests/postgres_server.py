"""A PostgreSQL server for tests in Python: GAUGER_POSTGRES_BIN's, else the machine's."""

import os
import pathlib
import pwd
import shutil
import subprocess

import psycopg2


class Server:
    """A PostgreSQL of our own in a temporary folder."""

    def __init__(self, folder: pathlib.Path):
        found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
        binaries = os.environ.get("GAUGER_POSTGRES_BIN") or str(found[-1] if found else "")
        self.binaries = pathlib.Path(binaries or pathlib.Path(shutil.which("initdb")).parent)
        self.data = folder / "data"
        self.user = {}
        if os.getuid() == 0:
            nobody = pwd.getpwnam("postgres")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            self.user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "cwd": folder}
        self.run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-N")
        options = f"-c listen_addresses= -k {folder} -c fsync=off -c timezone=Europe/Berlin"
        self.run("pg_ctl", "-D", self.data, "-w", "-l", folder / "log", "-o", options, "start")
        self.folder = folder

    def run(self, program: str, *arguments) -> None:
        subprocess.run(
            [self.binaries / program, *arguments], check=True, capture_output=True, **self.user
        )

    def stop(self) -> None:
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def dsn(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def connect(self, database: str):
        """With the messages that tell what the server does to tables."""
        return psycopg2.connect(
            host=str(self.folder),
            user="postgres",
            dbname=database,
            options="-c client_min_messages=debug1",
        )

    def execute(self, sql: str) -> None:
        connection = self.connect("postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql)
        connection.close()
