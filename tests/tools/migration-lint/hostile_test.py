#!/usr/bin/env python3
"""Hostile Python and hostile SQL, one revision each: migration-lint ends by itself, soon and in little memory.

It finds something, says that an operation is not understood, or that the file cannot be checked. What is called "read" is
harmless and has to be understood for what it is.
"""

import dataclasses
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

BINARY = pathlib.Path(os.environ["GAUGER_BIN"]) / "migration-lint"
SECONDS = 15
MEGABYTES = 400
# A sanitizer takes several times of both.
FACTOR = 8 if "ASAN_OPTIONS" in os.environ or "asan" in str(BINARY) else 1

HEAD = "from alembic import op\nimport sqlalchemy as sa\n\nrevision = 'a1'\ndown_revision = None\n\n"


@dataclasses.dataclass
class Hostile:
    name: str
    outcome: str  # "read", "unknown", "refused"; several where it does not matter, as "unknown refused"
    upgrade: str  # the body, or
    text: str | bytes = ""  # the whole file
    more: dict[str, str] = dataclasses.field(default_factory=dict)  # further files


def execute(sql: str) -> str:
    return f"op.execute({sql!r})"


def hostile() -> list[Hostile]:
    deep = 50_000
    return [
        # SQL
        Hostile("SQL: a string without an end", "unknown", execute("SELECT 'abc")),
        Hostile("SQL: a quoted name without an end", "unknown", execute('DROP TABLE "abc')),
        Hostile("SQL: a dollar quote without an end", "unknown", execute("DO $$ BEGIN")),
        Hostile("SQL: a comment without an end", "unknown", execute("SELECT 1 /* " * 100)),
        Hostile("SQL: PL/pgSQL without an end", "unknown", execute("DO $$ BEGIN IF true THEN $$")),
        Hostile("SQL: nested parentheses", "unknown", execute("SELECT " + "(" * deep + "1" + ")" * deep)),
        Hostile("SQL: nested casts", "read unknown", execute("SELECT 1" + "::int" * 1_000_000)),
        Hostile("SQL: nested NOT", "unknown", execute("SELECT " + "NOT " * deep + "true")),
        Hostile("SQL: nested CASE", "unknown", execute("SELECT " + "CASE WHEN true THEN " * deep + "1" + " END" * deep)),
        Hostile("SQL: nested subqueries", "unknown", execute("SELECT * FROM " + "(SELECT * FROM " * deep + "t" + ")" * deep)),
        Hostile("SQL: a chain of UNION", "read unknown", execute("SELECT 1" + " UNION SELECT 1" * deep)),
        Hostile("SQL: nested DO blocks", "unknown", execute("DO $a$ " + "BEGIN " * 20_000 + "END; " * 20_000 + "$a$")),
        Hostile("SQL: nested EXECUTE", "unknown", execute("DO $$ BEGIN EXECUTE 'DO ''BEGIN EXECUTE x; END'''; END $$")),
        Hostile("SQL: five megabytes in one string", "read unknown", f"op.execute(\"INSERT INTO t VALUES ('{'x' * 5_000_000}')\")"),
        Hostile("SQL: many statements", "read unknown", execute("SELECT 1; " * 200_000)),
        Hostile("SQL: many rows", "read unknown", execute("INSERT INTO t VALUES " + ", ".join(["(1)"] * 300_000))),
        Hostile("SQL: a NUL byte", "unknown", r"op.execute('DROP TABLE a\0; DROP TABLE b')"),
        Hostile("SQL: a lone surrogate", "unknown read", r"op.execute('DROP TABLE \ud800')"),
        Hostile("SQL: a long name", "read", f"op.drop_table('{'n' * 1_000_000}')"),
        # Python
        Hostile("Python: a NUL byte", "refused", "", HEAD.encode() + b"def upgrade():\n    op.drop_table('a')\0\n"),
        Hostile("Python: a string without an end", "refused", "", HEAD + "def upgrade():\n    op.execute('''x"),
        Hostile("Python: a bracket without an end", "refused", "op.execute(" + "(" * 100),
        Hostile("Python: nested brackets", "refused", "x = " + "[" * deep + "]" * deep),
        Hostile("Python: nested calls", "refused unknown read", "x = " + "f(" * 5_000 + ")" * 5_000),
        Hostile("Python: nested blocks", "refused unknown read", nested_blocks(90)),
        Hostile("Python: a long chain of +", "refused unknown read", "x = " + " + ".join(["1"] * 100_000)),
        Hostile("Python: five megabytes in one string", "read", f"x = '{'x' * 5_000_000}'\nop.drop_table('a')"),
        Hostile("Python: a string that grows", "unknown", "t = 'x' * 10\nfor _ in range(100):\n    t = t + t\nop.execute(t)"),
        Hostile("Python: a string times a billion", "unknown", "op.execute('x' * 10**9)"),
        Hostile("Python: a list times a billion", "unknown read", "for x in [1] * 10**9:\n    op.execute('DROP TABLE a')"),
        Hostile("Python: a power without an end", "unknown read", "op.execute('DROP TABLE a' + str(9 ** 9 ** 9 ** 9))"),
        Hostile("Python: a width of a billion", "unknown", "op.execute('%999999999d' % 1)"),
        Hostile("Python: a width in an f-string", "unknown", "op.execute(f\"{'a':>999999999}\")"),
        Hostile("Python: a width in format()", "unknown", "op.execute('{:>999999999}'.format('a'))"),
        Hostile("Python: zfill, center, join, replace", "unknown", "op.execute('a'.zfill(10**9).center(10**9).replace('0', 'x' * 10**6))"),
        Hostile("Python: a huge range", "unknown read", "for i in range(10**12):\n    op.drop_table(f't{i}')"),
        Hostile("Python: huge ranges in each other", "unknown read", "for i in range(10**6):\n    for j in range(10**6):\n        op.drop_table('t')"),
        Hostile("Python: a comprehension of a huge range", "unknown read", "for t in [f't{i}' for i in range(10**9)]:\n    op.drop_table(t)"),
        Hostile("Python: comprehensions in each other", "unknown read", "x = [a for a in range(9999) for b in range(9999) for c in range(9999)]\nop.execute(str(x))"),
        Hostile("Python: while True", "unknown read", "while True:\n    op.execute('DROP TABLE a')"),
        Hostile("Python: a list that grows as it is gone through", "unknown read", "x = [1]\nfor y in x:\n    x.append(y)\n    op.drop_table('a')"),
        Hostile("Python: a list in itself", "unknown read", "x = []\nx.append(x)\nop.execute(str(x))\nop.drop_table('a')"),
        Hostile("Python: lists that double", "unknown read", "x = [1]\nfor _ in range(60):\n    x = x + x\nop.execute(str(x))"),
        Hostile("Python: tuples that double in depth", "unknown read", "x = ()\nfor _ in range(60):\n    x = (x, x)\nop.execute(str(x))"),
        Hostile("Python: recursion", "unknown read", "f(0)", HEAD + "def f(n):\n    f(n + 1)\n    f(n + 2)\n    op.drop_table('a')\n\n\ndef upgrade():\n    f(0)\n"),
        Hostile("Python: recursion between helpers", "unknown read", "", HEAD + "def a(n):\n    b(n)\n    b(n)\n\n\ndef b(n):\n    a(n)\n    a(n)\n    op.drop_table('a')\n\n\ndef upgrade():\n    a(0)\n"),
        Hostile(
            "Python: recursion between modules",
            "unknown read",
            "",
            HEAD + "from left import go\n\n\ndef upgrade():\n    go(op)\n",
            {
                "left.py": "from right import back\n\n\ndef go(op):\n    back(op)\n    back(op)\n",
                "right.py": "import left\n\n\ndef back(op):\n    left.go(op)\n    left.go(op)\n    op.drop_table('a')\n",
            },
        ),
        Hostile("Python: helpers that double", "unknown read", "", HEAD + doubling_helpers(60) + "\n\ndef upgrade():\n    f60()\n"),
        Hostile("Python: conditions that double", "unknown read", "\n".join(f"if x{i}():\n    t = 'a{i}'\nelse:\n    t = 'b{i}'" for i in range(200)) + "\nop.drop_table(t)"),
        Hostile("Python: texts of conditions that double", "unknown read", "t = ''\n" + "\n".join(f"t += 'a' if x{i}() else 'b'" for i in range(64)) + "\nop.drop_table(t)"),
        Hostile("Python: a module that imports itself", "unknown read", "", HEAD + "from loop import *\n\n\ndef upgrade():\n    go(op)\n", {"loop.py": "from loop import *\nimport loop\n\ngo = loop.go\n"}),
        Hostile("Python: decorators of themselves", "unknown read", "", HEAD + "def d(f):\n    return d(f)\n\n\n@d\n@d\ndef upgrade():\n    op.drop_table('a')\n"),
    ]  # fmt: skip


def nested_blocks(depth: int) -> str:
    return "\n".join("    " * i + f"if x{i}:" for i in range(depth)) + "\n" + "    " * depth + "op.drop_table('a')"


def doubling_helpers(count: int) -> str:
    lines = ["def f0():\n    op.drop_table('a')\n"]
    lines += [f"\n\ndef f{i}():\n    f{i - 1}()\n    f{i - 1}()\n" for i in range(1, count + 1)]
    return "".join(lines)


def write(folder: pathlib.Path, case: Hostile) -> None:
    body = "\n".join("    " + line for line in case.upgrade.split("\n"))
    text = case.text or f"{HEAD}def upgrade():\n{body}\n"
    (folder / ".git").mkdir()
    (folder / ".git/HEAD").write_text("")
    (folder / "versions").mkdir()
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s\nprepend_sys_path = .\n")
    (folder / "versions/a1.py").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    for name, content in case.more.items():
        (folder / name).write_text(content)


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS * FACTOR, 2 * SECONDS * FACTOR))


def check(case: Hostile) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="gauger-hostile-") as temporary:
        folder = pathlib.Path(temporary)
        write(folder, case)
        arguments = [str(BINARY), "--no-cache", "--format", "concise"]
        # The kernel ends it after so many seconds of its own: others may have the processor meanwhile.
        process = subprocess.Popen(
            arguments, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=limit
        )
        output = process.stdout.read().decode("utf-8", "replace")
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        megabytes = usage.ru_maxrss / 1024
    problems = []
    if process.returncode not in (0, 1, 2):
        problems.append(f"it ends with {process.returncode}: {output[-500:]}")
    own = usage.ru_utime + usage.ru_stime
    if own > SECONDS * FACTOR:
        problems.append(f"it takes {own:.1f} s")
    if megabytes > MEGABYTES * FACTOR:
        problems.append(f"it takes {megabytes:.0f} MB")
    if outcome(process.returncode, output) not in case.outcome.split():
        problems.append(f"{outcome(process.returncode, output)}, not {case.outcome}: {output[-300:]}")
    return problems


def outcome(status: int, output: str) -> str:
    if status == 2:
        return "refused"
    left = re.search(r"; (\d+) not understood", output)
    return "unknown" if left and int(left.group(1)) else "read"


def main() -> int:
    cases = hostile()
    failed = 0
    for case in cases:
        for problem in check(case):
            failed += 1
            print(f"FAILED {case.name}: {problem}")
    print(f"hostile: {len(cases)} files; {failed} problems")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
