"""Alembic's directives, read from the Python and from the SQL that Alembic emits: both must be the same operations.

Alembic runs each upgrade() of operations_cases.py offline; its SQL goes through append_sql, the Python through the
reader of migrations. Compared: actions, tables, columns, types, nullability, defaults, constraints, indexes, and which
operations are one statement. Then every type of SQLAlchemy's PostgreSQL dialect, compiled and read.
"""

import argparse
import io
import json
import re
import subprocess
import sys
import warnings

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from operations_cases import DIRECTIVES, TYPES
from sqlalchemy.dialects import postgresql

PRELUDE = "from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql\n\n\n"

# What the Python says and the SQL does not, by key of what the driver prints.
ONLY_IN_PYTHON = ("from_string",)

# Where the two differ on purpose, and why. The test fails where one of them no longer does.
DISAGREEMENTS = {
    'server_default=sa.cast("x", sa.String(5))': "in an expression the type is spelled as PostgreSQL does",
    'sa.Computed("b * 2"))': "whether it is stored is for SQLAlchemy's version and the server's to say",
    '.bindparams(a=1)': "a parameter stays a parameter; offline, Alembic writes its value",
}


def lines_of(text):
    return [line for line in text.strip().splitlines() if line]


def emitted(source):
    """The SQL that Alembic emits for the revision file."""
    buffer = io.StringIO()
    options = {"as_sql": True, "output_buffer": buffer, "literal_binds": True}
    context = MigrationContext.configure(dialect_name="postgresql", opts=options)
    names = {}
    with Operations.context(context):
        exec(compile(source, "revision.py", "exec"), names)  # noqa: S102
        names["upgrade"]()
    return buffer.getvalue()


def upgrade_of(call):
    return f"{PRELUDE}def upgrade():\n    {call}\n"


def normal_text(text):
    """Expressions without what writing them down changes: blanks, outer parentheses, quotes of names."""
    text = re.sub(r"\s+", " ", text).strip()
    while text.startswith("(") and text.endswith(")") and balanced(text[1:-1]):
        text = text[1:-1]
    return text


def balanced(text):
    depth = 0
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0:
            return False
    return depth == 0


def normal(value):
    if isinstance(value, dict):
        out = {key: normal(item) for key, item in value.items() if key not in ONLY_IN_PYTHON}
        for key in ("expression", "predicate", "using", "where", "text"):
            if isinstance(out.get(key), str):
                out[key] = normal_text(out[key])
        if "constraints" in out:
            out["constraints"].sort(key=json.dumps)
        return out
    if isinstance(value, list):
        return [normal(item) for item in value]
    return value


def comparable(operations):
    """Operations by statement; the statements that a set of Alembic's orders in runs sorted."""
    statements = []
    for operation in operations:
        entry = normal(operation)
        number = entry.pop("statement")
        entry.pop("transaction")
        if operation["action"] == "DropIndex":
            # The statement does not say on what.
            entry["table"] = entry["table"].rpartition(".")[0]
        if not statements or statements[-1][0] != number:
            statements.append((number, []))
        statements[-1][1].append(entry)
    groups = [sorted(group, key=json.dumps) for _, group in statements]
    out = []
    for group in groups:
        kind = group[0]["action"]
        if out and kind in ("CreateIndex", "AddConstraint") and out[-1][0]["action"] == kind:
            out[-1] = sorted(out[-1] + group, key=json.dumps)
        else:
            out.append(group)
    return out


class Driver:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, **question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def check_directives(driver):
    failures = []
    calls = lines_of(DIRECTIVES)
    for call in calls:
        source = upgrade_of(call)
        try:
            text = emitted(source)
        except Exception as error:  # noqa: BLE001
            failures.append(f"{call}\n    Alembic refuses: {error!r}")
            continue
        expected = comparable(driver.ask(sql=text))
        found = driver.ask(python=source)
        if isinstance(found, str):
            failures.append(f"{call}\n    {found}")
            continue
        found = comparable(found)
        listed = [reason for part, reason in DISAGREEMENTS.items() if part in call]
        if listed and found == expected:
            failures.append(f"{call}\n    no longer differs: {listed[0]}")
        elif found != expected and not listed:
            failures.append(f"{call}\n{difference(expected, found)}")
    return len(calls), failures


def difference(expected, found):
    out = []
    for index in range(max(len(expected), len(found))):
        left = expected[index] if index < len(expected) else None
        right = found[index] if index < len(found) else None
        if left == right:
            continue
        out.append(f"    SQL:    {json.dumps(left)}\n    Python: {json.dumps(right)}")
    return "\n".join(out)


def check_types(driver):
    failures = []
    expressions = lines_of(TYPES)
    for expression in expressions:
        made = eval(expression)  # noqa: S307
        written = sa.types.to_instance(made).compile(dialect=postgresql.dialect())
        sql = driver.ask(sql=f"CREATE TABLE t (c {written})")
        python = driver.ask(python=upgrade_of(f'op.create_table("t", sa.Column("c", {expression}))'))
        expected = sql[0]["details"]["columns"][0]["type"]
        found = [entry for entry in python if entry["action"] == "CreateTable"][0]["details"]["columns"][0]["type"]
        if found != expected:
            failures.append(f"{expression} ({written}): PostgreSQL's {expected!r}, read as {found!r}")
    return len(expressions), failures


def covers_dialect():
    """Every type that the dialect exports is in TYPES."""
    missing = []
    for name in postgresql.__all__:
        value = getattr(postgresql, name)
        is_type = isinstance(value, type) and issubclass(value, sa.types.TypeEngine) and name.isupper()
        if is_type and f"postgresql.{name}(" not in TYPES:
            missing.append(f"postgresql.{name} is not tried")
    return missing


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--driver", required=True)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    driver = Driver(arguments.driver)
    calls, failures = check_directives(driver)
    types, wrong = check_types(driver)
    failures += wrong + covers_dialect()
    for failure in failures:
        print(failure)
    print(f"{calls} upgrades, {types} types, {len(failures)} disagreements")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
