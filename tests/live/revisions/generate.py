"""Revisions at random, written as people write them: directives, batches, SQL text.

A generator keeps a rough idea of the schema. Not all that it writes can run; who calls it throws
away what Alembic refuses, with `restore`.
"""

import copy
import random

HEADER = '''"""{identifier}

Revision ID: {identifier}
Revises: {below}
Create Date: 2024-01-01 00:00:00.000000
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = {identifier!r}
down_revision = {below!r}
branch_labels = None
depends_on = None


def upgrade():
'''

# As SQLAlchemy and as SQL has it.
TYPES = [
    ("sa.Integer()", "integer"),
    ("sa.BigInteger()", "bigint"),
    ("sa.SmallInteger()", "int2"),
    ("sa.String(40)", "varchar(40)"),
    ("sa.String()", "varchar"),
    ("sa.Text()", "text"),
    ("sa.Boolean()", "bool"),
    ("sa.Numeric(10, 2)", "decimal(10, 2)"),
    ("sa.Float()", "float"),
    ("sa.Date()", "date"),
    ("sa.DateTime()", "timestamp"),
    ("sa.DateTime(timezone=True)", "timestamptz"),
    ("sa.Time()", "time"),
    ("sa.LargeBinary()", "bytea"),
    ("sa.JSON()", "json"),
    ("postgresql.JSONB()", "jsonb"),
    ("postgresql.UUID()", "uuid"),
    ("postgresql.ARRAY(sa.Integer())", "int[]"),
    ("postgresql.INET()", "inet"),
    ("sa.Interval()", "interval"),
    ("sa.CHAR(3)", "char(3)"),
]

class Generator:
    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.tables: dict[str, dict] = {}
        self.enums: list[str] = []
        self.views: list[str] = []
        self.count = 0

    def snapshot(self):
        return copy.deepcopy((self.tables, self.enums, self.views))

    def restore(self, kept) -> None:
        self.tables, self.enums, self.views = copy.deepcopy(kept)

    def new(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def revision(self, identifier: str, below) -> str:
        text = HEADER.format(identifier=identifier, below=below)
        for _ in range(self.random.randint(1, 4)):
            text += self.step()
        return text

    # Each gives the statements of an upgrade().
    def step(self) -> str:
        if len(self.tables) < 2:
            return self.create_table()
        choices = [
            (self.create_table, 3),
            (self.add_column, 5),
            (self.drop_column, 2),
            (self.rename_column, 2),
            (self.change_type, 3),
            (self.change_null, 3),
            (self.change_default, 2),
            (self.create_index, 4),
            (self.drop_index, 2),
            (self.add_constraint, 4),
            (self.drop_constraint, 2),
            (self.rename_table, 1),
            (self.drop_table, 1),
            (self.create_enum, 2),
            (self.add_label, 1),
            (self.create_view, 1),
            (self.drop_view, 1),
            (self.several_in_a_batch, 2),
            (self.in_a_loop, 1),
            (self.comment, 1),
        ]
        steps, weights = zip(*choices)
        text = ""
        while not text:
            text = self.random.choices(steps, weights)[0]()
        return text

    def chance(self, one_in: int) -> bool:
        return self.random.randrange(one_in) == 0

    def table(self) -> str:
        return self.random.choice(list(self.tables))

    def column(self, table: str) -> str:
        return self.random.choice(list(self.tables[table]["columns"]))

    def other_column(self, table: str) -> str | None:
        columns = [name for name in self.tables[table]["columns"] if name != "id"]
        return self.random.choice(columns) if columns else None

    def written_column(self, name: str) -> tuple[str, str]:
        """As a sa.Column and as SQL."""
        written, sql = self.random.choice(TYPES)
        options = []
        if self.chance(3):
            options.append("nullable=False")
        if self.chance(8):
            options.append("unique=True")
        if self.chance(8):
            options.append("index=True")
        if self.chance(6):
            options.append(f"comment='what {name} is'")
        return f"sa.Column({name!r}, {', '.join([written, *options])})", f"{name} {sql}"

    def create_table(self) -> str:
        name = self.new("t")
        columns = [self.new("c") for _ in range(self.random.randint(1, 5))]
        state = {"columns": ["id", *columns], "indexes": [], "constraints": []}
        if self.chance(4):
            parts = ["id serial PRIMARY KEY", *(self.written_column(each)[1] for each in columns)]
            if self.chance(2):
                parts[-1] += " UNIQUE"
            if self.chance(2):
                parts[-1] += " NOT NULL"
            if self.chance(2) and self.tables:
                parts.append(f"r{self.count} int REFERENCES {self.table()} (id) ON DELETE CASCADE")
                state["columns"].append(f"r{self.count}")
            self.tables[name] = state
            body = ",\n            ".join(parts)
            return f'    op.execute("""\n        CREATE TABLE {name} (\n            {body}\n        )\n    """)\n'
        key = self.random.choice(
            [
                "sa.Column('id', sa.Integer(), primary_key=True)",
                "sa.Column('id', sa.Integer(), autoincrement=True, nullable=False)",
                "sa.Column('id', sa.Integer(), sa.Identity(always=True), nullable=False)",
                "sa.Column('id', sa.Integer(), nullable=False)",
            ]
        )
        parts = [key, *(self.written_column(each)[0] for each in columns)]
        if "primary_key" not in key:
            parts.append(f"sa.PrimaryKeyConstraint('id', name=op.f('pk_{name}'))")
        if self.tables and self.chance(2):
            target = self.table()
            parts.insert(1, f"sa.Column('ref', sa.Integer(), nullable=True)")
            action = self.random.choice(["", ", ondelete='CASCADE'", ", ondelete='SET NULL'"])
            parts.append(f"sa.ForeignKeyConstraint(['ref'], ['{target}.id']{action})")
            state["columns"].append("ref")
        if self.chance(3):
            parts.append("sa.CheckConstraint('id > 0')")
        if self.chance(4):
            parts.append(f"sa.UniqueConstraint('id', {columns[0]!r})")
        if self.chance(5):
            enum = self.new("e")
            self.enums.append(enum)
            parts.insert(1, f"sa.Column('kind', sa.Enum('a', 'b', name={enum!r}), server_default='a')")
            state["columns"].append("kind")
        if self.chance(6):
            parts.insert(1, "sa.Column('twice', sa.Integer(), sa.Computed('id * 2', persisted=True))")
            state["columns"].append("twice")
        self.tables[name] = state
        body = "".join(f"        {part},\n" for part in parts)
        return f"    op.create_table(\n        {name!r},\n{body}    )\n"

    def add_column(self) -> str:
        table, name = self.table(), self.new("c")
        written, sql = self.written_column(name)
        self.tables[table]["columns"].append(name)
        if self.chance(5):
            default = self.random.choice([" DEFAULT NULL", "", " UNIQUE", " NOT NULL"])
            return f'    op.execute("ALTER TABLE {table} ADD COLUMN {sql}{default}")\n'
        if self.chance(5):
            target = self.table()
            return (
                f"    op.add_column({table!r}, sa.Column({name!r}, sa.Integer(),"
                f" sa.ForeignKey('{target}.id'), nullable=True))\n"
            )
        return f"    op.add_column({table!r}, {written})\n"

    def drop_column(self) -> str:
        table = self.table()
        column = self.other_column(table)
        if column is None:
            return ""
        self.tables[table]["columns"].remove(column)
        if self.chance(4):
            cascade = self.random.choice(["", " CASCADE"])
            return f'    op.execute("ALTER TABLE {table} DROP COLUMN {column}{cascade}")\n'
        return f"    op.drop_column({table!r}, {column!r})\n"

    def rename_column(self) -> str:
        table = self.table()
        column, name = self.other_column(table), self.new("c")
        if column is None:
            return ""
        columns = self.tables[table]["columns"]
        columns[columns.index(column)] = name
        if self.chance(3):
            return f"    op.execute('ALTER TABLE {table} RENAME {column} TO {name}')\n"
        return f"    op.alter_column({table!r}, {column!r}, new_column_name={name!r})\n"

    def change_type(self) -> str:
        table = self.table()
        column = self.other_column(table)
        if column is None:
            return ""
        written, sql = self.random.choice(TYPES)
        if self.chance(3):
            return f'    op.execute("ALTER TABLE {table} ALTER {column} TYPE {sql} USING NULL")\n'
        using = ", postgresql_using='NULL'" if self.chance(2) else ""
        return f"    op.alter_column({table!r}, {column!r}, type_={written}{using})\n"

    def change_null(self) -> str:
        table, nullable = self.table(), self.chance(2)
        column = self.column(table)
        if self.chance(3):
            verb = "DROP" if nullable else "SET"
            return f"    op.execute('ALTER TABLE {table} ALTER COLUMN {column} {verb} NOT NULL')\n"
        return f"    op.alter_column({table!r}, {column!r}, nullable={nullable})\n"

    def change_default(self) -> str:
        table = self.table()
        column = self.other_column(table)
        if column is None:
            return ""
        default = self.random.choice(["None", "sa.text('NULL')", "'1'", "sa.func.now()"])
        return f"    op.alter_column({table!r}, {column!r}, server_default={default})\n"

    def create_index(self) -> str:
        table, name = self.table(), self.new("ix_")
        columns = list(dict.fromkeys([self.column(table), self.column(table)]))
        self.tables[table]["indexes"].append(name)
        if self.chance(4):
            unique = self.random.choice(["", "UNIQUE "])
            where = self.random.choice(["", f" WHERE {columns[0]} IS NOT NULL"])
            return (
                f'    op.execute("CREATE {unique}INDEX {name} ON {table}'
                f' ({", ".join(columns)} DESC){where}")\n'
            )
        options = self.random.choice(
            [
                "",
                ", unique=True",
                f", postgresql_where=sa.text({columns[0] + ' IS NULL'!r})",
                ", postgresql_using='hash'",
                ", postgresql_include=['id']",
            ]
        )
        if self.chance(6):
            return (
                "    with op.get_context().autocommit_block():\n"
                f"        op.create_index({name!r}, {table!r}, {columns!r},"
                " postgresql_concurrently=True)\n"
            )
        if self.chance(5):
            options, columns = "", [columns[0]]
            return (
                f"    op.create_index(op.f({name!r}), {table!r},"
                f" [sa.text({f'({columns[0]} IS NULL)'!r})])\n"
            )
        return f"    op.create_index(op.f({name!r}), {table!r}, {columns!r}{options})\n"

    def drop_index(self) -> str:
        table = self.table()
        indexes = self.tables[table]["indexes"]
        if not indexes:
            return ""
        index = indexes.pop(self.random.randrange(len(indexes)))
        if self.chance(3):
            return f"    op.execute('DROP INDEX IF EXISTS {index}')\n"
        return f"    op.drop_index({index!r}, table_name={table!r})\n"

    def add_constraint(self) -> str:
        table, name = self.table(), self.new("k")
        column = self.column(table)
        kind = self.random.randrange(5)
        self.tables[table]["constraints"].append(name)
        if kind == 0:
            return f"    op.create_unique_constraint({name!r}, {table!r}, [{column!r}])\n"
        if kind == 1:
            late = ", postgresql_not_valid=True" if self.chance(2) else ""
            return (
                f"    op.create_check_constraint({name!r}, {table!r},"
                f" {column + ' IS NOT NULL'!r}{late})\n"
            )
        if kind == 2:
            target = self.table()
            reference = self.new("c")
            self.tables[table]["columns"].append(reference)
            return (
                f"    op.add_column({table!r}, sa.Column({reference!r}, sa.Integer()))\n"
                f"    op.create_foreign_key({name!r}, {table!r}, {target!r}, [{reference!r}], ['id'],"
                " ondelete='SET NULL')\n"
            )
        if kind == 3:
            return (
                f'    op.execute("ALTER TABLE {table} ADD CONSTRAINT {name} CHECK'
                f' ({column} IS NOT NULL) NOT VALID")\n'
                f'    op.execute("ALTER TABLE {table} VALIDATE CONSTRAINT {name}")\n'
            )
        self.tables[table]["constraints"].pop()
        unnamed = self.random.choice([f"UNIQUE ({column})", f"CHECK ({column} IS NOT NULL)"])
        return f'    op.execute("ALTER TABLE {table} ADD {unnamed}")\n'

    def drop_constraint(self) -> str:
        table = self.table()
        names = self.tables[table]["constraints"]
        if not names:
            return ""
        name = names.pop(self.random.randrange(len(names)))
        return f"    op.drop_constraint({name!r}, {table!r})\n"

    def rename_table(self) -> str:
        table, name = self.table(), self.new("t")
        self.tables[name] = self.tables.pop(table)
        if self.chance(3):
            return f"    op.execute('ALTER TABLE {table} RENAME TO {name}')\n"
        return f"    op.rename_table({table!r}, {name!r})\n"

    def drop_table(self) -> str:
        if len(self.tables) < 4:
            return ""
        table = self.table()
        del self.tables[table]
        if self.chance(3):
            return f"    op.execute('DROP TABLE IF EXISTS {table} CASCADE')\n"
        return f"    op.drop_table({table!r})\n"

    def create_enum(self) -> str:
        enum, table, column = self.new("e"), self.table(), self.new("c")
        self.enums.append(enum)
        self.tables[table]["columns"].append(column)
        made = (
            f"    op.execute(\"CREATE TYPE {enum} AS ENUM ('x', 'y')\")\n"
            if self.chance(2)
            else f"    postgresql.ENUM('x', 'y', name={enum!r}).create(op.get_bind())\n"
        )
        return made + (
            f"    op.add_column({table!r}, sa.Column({column!r},"
            f" postgresql.ENUM('x', 'y', name={enum!r}, create_type=False)))\n"
        )

    def add_label(self) -> str:
        if not self.enums:
            return ""
        place = self.random.choice(["", " IF NOT EXISTS"])
        return (
            f"    op.execute(\"ALTER TYPE {self.random.choice(self.enums)}"
            f" ADD VALUE{place} '{self.new('l')}'\")\n"
        )

    def create_view(self) -> str:
        table, name = self.table(), self.new("v")
        self.views.append(name)
        kind = "MATERIALIZED VIEW" if self.chance(3) else "VIEW"
        return f'    op.execute("CREATE {kind} {name} AS SELECT {self.column(table)} FROM {table}")\n'

    def drop_view(self) -> str:
        if not self.views:
            return ""
        view = self.views.pop(self.random.randrange(len(self.views)))
        return f"    op.execute('DROP VIEW {view}')\n"

    def several_in_a_batch(self) -> str:
        table, name = self.table(), self.new("c")
        changed = self.other_column(table)
        text = f"    with op.batch_alter_table({table!r}, schema=None) as batch_op:\n"
        text += f"        batch_op.add_column({self.written_column(name)[0]})\n"
        if changed and self.chance(2):
            text += f"        batch_op.alter_column({changed!r}, nullable=True)\n"
        if changed and self.chance(3):
            index = self.new("ix_")
            self.tables[table]["indexes"].append(index)
            text += f"        batch_op.create_index(batch_op.f({index!r}), [{changed!r}], unique=False)\n"
        if changed and self.chance(4):
            text += f"        batch_op.drop_column({changed!r})\n"
            self.tables[table]["columns"].remove(changed)
        self.tables[table]["columns"].append(name)
        return text

    def in_a_loop(self) -> str:
        tables = self.random.sample(list(self.tables), min(2, len(self.tables)))
        name = self.new("c")
        for table in tables:
            self.tables[table]["columns"].append(name)
        return (
            f"    for table in {tables!r}:\n"
            f"        op.add_column(table, sa.Column({name!r}, sa.Boolean(), server_default=sa.false()))\n"
            f'        op.execute(f"CREATE INDEX ix_{{table}}_{name} ON {{table}} ({name})")\n'
        )

    def comment(self) -> str:
        table = self.table()
        if self.chance(2):
            return f"    op.create_table_comment({table!r}, 'about {table}')\n"
        return f"    op.alter_column({table!r}, {self.column(table)!r}, comment='said')\n"
