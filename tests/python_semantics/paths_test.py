"""What the interpreter makes of paths and of the files behind them is what Python makes of them.

    paths_test.py --driver PROGRAM

Each line of EXPRESSIONS is evaluated by Python, as the file versions/r1.py of a folder in which it runs, and read by the
interpreter. Where the folder lies is not known to the interpreter, which writes /<project> for it.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

FILES = {
    "versions/r1.py": "",
    "versions/r1.sql": "SELECT 1;\n",
    "versions/sql/up.sql": "CREATE TABLE t (a int);\n\nALTER TABLE t ADD b int;\n",
    "sql/lines.sql": "one\r\ntwo\rthree",
    "sql/accents.sql": "SELECT 'é';\n",
    "sql/empty.sql": "",
    "app/__init__.py": "",
    "app/data.v2.tar.gz": "x",
}

PRELUDE = """\
import codecs, io, os, os.path, pathlib
import importlib.resources
from os.path import dirname, join
from pathlib import Path
from world import act, ask

HERE = Path(__file__).resolve().parent
SQL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "sql")

def read_sql(name):
    with open(os.path.join(SQL, name), encoding="utf-8") as handle:
        return handle.read()

"""

EXPRESSIONS = r"""
__file__
os.path.basename(__file__)
os.path.basename(__file__)[:-3]
os.path.splitext(os.path.basename(__file__))[0]
os.path.splitext("a/.b"), os.path.splitext("a.b/c"), os.path.splitext("a.tar.gz"), os.path.splitext("..x")
os.path.dirname(__file__), dirname("a"), dirname("a/b/"), dirname("/a"), dirname("//a"), dirname("/"), dirname("")
os.path.split("a/b"), os.path.split("/a"), os.path.split("a//b/"), os.path.split("b")
join("a", "b", "c"), join("a/", "b"), join("a", "/b"), join("", "b"), join("a", "")
__file__.replace(".py", ".sql")
open(__file__.replace(".py", ".sql")).read()
open(__file__[:-3] + ".sql").read()
open(os.path.dirname(__file__) + "/sql/up.sql").read()
open(f"{os.path.dirname(__file__)}/sql/up.sql").read().strip()
open("versions/r1.sql", "r").read(), open("./versions/../versions/r1.sql").read()
io.open("versions/r1.sql", mode="rt").read(), codecs.open("versions/r1.sql", "r", "utf-8").read()
str(Path(__file__)), str(Path(__file__).parent), str(Path(__file__).parents[1]), str(HERE / "a")
str(Path("a/./b//c/")), str(Path("./a")), str(Path("")), str(Path()), str(Path(".")), str(Path("/")), str(Path("a", "b", "/c"))
str(Path("a") / "b" / "/c"), str("a" / Path("b")), str(Path("a") / Path("b")), str(Path("a/../b")), str(Path(".") / "a")
Path(__file__).name, Path(__file__).stem, Path(__file__).suffix, Path("a/data.v2.tar.gz").suffix, Path("a/.b").suffix
Path("a.").stem, Path("a.").suffix, Path(".").name, Path("..").name, Path("a/..").stem, Path(".a.b").stem
str(Path("a/b.py").with_suffix(".sql")), str(Path("a/b").with_suffix(".sql")), str(Path("b.tar.gz").with_suffix(""))
str(Path("a/b.py").with_name("c")), str(Path("b.py").with_stem("c")), str(Path("a/b.py").parent), str(Path("b").parent)
str(Path("/a").parent), str(Path("/").parent), str(Path("a").joinpath("b", "c")), Path("a/b").as_posix(), str(Path(".").parent)
[str(parent) for parent in Path("a/b/c").parents], [str(parent) for parent in Path("/a/b").parents]
Path(__file__).with_suffix(".sql").read_text()
Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
HERE.joinpath("sql", "up.sql").read_text().strip().split(";")
[part.strip() for part in HERE.joinpath("sql/up.sql").open().read().split(";") if part.strip()]
(HERE / ".." / "sql" / "lines.sql").read_text(), open("sql/lines.sql").readlines(), [line for line in open("sql/lines.sql")]
read_sql("accents.sql"), read_sql("empty.sql"), open("sql/empty.sql").readlines()
f"{HERE}/x", "%s" % HERE, "{}".format(HERE), HERE == Path(__file__).parent
os.path.exists(__file__), os.path.isfile("sql/up.sql") or True, Path("sql/lines.sql").exists(), Path("sql/lines.sql").is_file()
importlib.resources.files("app").joinpath("data.v2.tar.gz").read_text()
os.fspath(Path("a/b")), str(Path(os.path.join("a", "b")))
"""

# What is not known, and why.
NOT_KNOWN = {
    'open("none.sql").read()': "there is none",
    'os.path.exists("none.sql")': "it may be made before the migration runs",
    'open("/etc/hostname").read()': "it is not the project's",
    'open("../../../../etc/hostname").read()': "it is not the project's",
    'open(__file__, "rb").read()': "bytes",
    'open("sql/latin.sql", encoding="latin-1").read()': "not UTF-8",
    'open("sql/nul.sql").read()': "a NUL byte",
    "open(ask()).read()": "the name is not known",
    'str(Path("sql") / ask())': "a part is not known",
    "sorted(str(p) for p in HERE.iterdir())": "folders are not listed",
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--driver", required=True)
    arguments = parser.parse_args()
    expressions = EXPRESSIONS.strip().splitlines()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(os.path.realpath(name))
        for path, content in FILES.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content.encode())
        (folder / "sql/latin.sql").write_bytes(b"SELECT '\xe9'")
        (folder / "sql/nul.sql").write_bytes(b"SELECT 1\0")
        os.chdir(folder)
        sys.path.insert(0, ".")
        programs = [f"{PRELUDE}def upgrade():\n    act(({each}))\n" for each in [*expressions, *NOT_KNOWN]]
        output = subprocess.run(
            [arguments.driver, str(folder), "versions/r1.py"],
            input="".join(json.dumps(program) + "\n" for program in programs),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout.splitlines()
        failures = 0
        for expression, line in zip([*expressions, *NOT_KNOWN], output, strict=True):
            answer = json.loads(line)
            read = answer[0][2].replace("/<project>", str(folder)) if isinstance(answer, list) and answer else repr(answer)
            if expression in NOT_KNOWN and read == "[...]":
                continue  # a list that may hold anything
            expected = "?" if expression in NOT_KNOWN else shown(run(expression, folder))
            if read != expected:
                failures += 1
                print(f"{expression}\n  read as  {read}\n  expected {expected}")
    print(f"{len(expressions)} expressions and {len(NOT_KNOWN)} that are not known, {failures} failed")
    return 1 if failures else 0


def run(expression: str, folder: pathlib.Path) -> object:
    names: dict[str, object] = {"__file__": str(folder / "versions/r1.py"), "__name__": "r1"}
    exec(PRELUDE.replace("from world import act, ask\n", ""), names)
    return eval(expression, names)


def shown(value: object) -> str:
    """As the driver writes it."""
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, list):
        return "[" + ", ".join(map(shown, value)) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(shown, value)) + ("," if len(value) == 1 else "") + ")"
    return repr(value)


if __name__ == "__main__":
    raise SystemExit(main())
