"""A schema that grows the way a project's does: a step is a piece of upgrade() and its inverse."""

import random
from dataclasses import dataclass

from history_tables import (
    AREAS,
    NOUNS,
    NOW,
    TYPES,
    Column,
    Table,
    Type,
    alter_column_source,
    create_table_source,
    drop_table_source,
)

ENUM_LABELS = [
    ("draft", "open", "closed"),
    ("low", "medium", "high", "urgent"),
    ("pending", "sent", "failed"),
]


@dataclass
class Step:
    """What one decision of a developer adds to upgrade(), and its inverse."""

    message: str
    up: str
    down: str


class Schema:
    """The schema at the head of what was generated so far. A public method is one Step, or None."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.tables: list[Table] = []
        # Of tables, and (table, column). None is used twice.
        self.names: set[str | tuple[str, str]] = set()
        # What this revision made, and so does not alter again.
        self.fresh: set[Table | Column] = set()

    def create_table(self) -> Step:
        table = self._new_table()
        self.fresh.add(table)
        self._add(table, Column("id", "sa.Integer()", nullable=False, used=True))
        types = []
        for _ in range(self.rng.randint(6, 16)):
            column = self._new_column(table, self.rng.choice(TYPES))
            column.nullable = self.rng.random() < 0.5
        if self.rng.random() < 0.2:
            enum = f"{table.singular}_status"
            labels = ", ".join(f"'{label}'" for label in self.rng.choice(ENUM_LABELS))
            type_ = f"sa.Enum({labels}, name='{enum}')"
            self._add(table, Column("status", type_, nullable=False, used=True))
            table.pinned = True
            types.append(enum)
        for target in self._some_tables(self.rng.choice([0, 1, 1, 2])):
            column = self._reference(table, target)
            name = f"op.f('fk_{table.name}_{column.name}')"
            table.constraints.append(
                f"sa.ForeignKeyConstraint(['{column.name}'], ['{target.name}.id'], name={name}, "
                "ondelete='CASCADE')"
            )
        created = Column("created_at", "sa.DateTime(timezone=True)", False, NOW, value="now()")
        self._add(table, created)
        table.constraints.append(f"sa.PrimaryKeyConstraint('id', name=op.f('pk_{table.name}'))")
        if self.rng.random() < 0.3 and (column := self._pick_column(table)):
            column.used = True
            table.constraints.append(
                f"sa.UniqueConstraint('{column.name}', name=op.f('uq_{table.name}_{column.name}'))"
            )
        for _ in range(self.rng.choice([0, 0, 1, 2])):
            self._index(table)
        up = [create_table_source(table), *(create for create, _ in table.indexes)]
        drop_types = (f"    op.execute('DROP TYPE {name}')" for name in types)
        down = [drop_table_source(table), *drop_types]
        self.tables.append(table)
        return Step(f"create {table.name}", "\n".join(up), "\n".join(down))

    def drop_table(self) -> Step | None:
        unpinned = [table for table in self.tables if not table.pinned and table not in self.fresh]
        if len(unpinned) < 5:
            return None
        table = self.rng.choice(unpinned)
        self.tables.remove(table)
        down = [create_table_source(table), *(create for create, _ in table.indexes)]
        tag = "    # destructive: approved nothing reads it since the last release\n"
        up = drop_table_source(table, tag)
        return Step(f"drop {table.name}", up, "\n".join(down))

    def add_column(self) -> Step:
        table, type_ = self._pick_table(), self.rng.choice(TYPES)
        column = self._new_column(table, type_)
        if self.rng.random() < 0.3:
            column.nullable, column.default = False, type_.default
        return Step(
            f"add {column.name} to {table.name}",
            f"    op.add_column('{table.name}', {column.source()})",
            f"    op.drop_column('{table.name}', '{column.name}')",
        )

    def add_required_column(self) -> Step:
        """A violation: NOT NULL with neither a default nor a backfill."""
        table = self._pick_table()
        column = self._new_column(table, self.rng.choice(TYPES))
        column.nullable, column.default = False, None
        return Step(
            f"require {column.name} of {table.name}",
            f"    op.add_column('{table.name}', {column.source()})",
            f"    op.drop_column('{table.name}', '{column.name}')",
        )

    def batch(self) -> Step:
        """As Flask-Migrate's and SQLite's projects write it."""
        table = self._pick_table()
        types = self.rng.choices(TYPES, k=self.rng.randint(2, 4))
        columns = [self._new_column(table, type_) for type_ in types]
        name = self._add_index(table, columns[0]).replace("op.", "batch_op.")
        begin = f"    with op.batch_alter_table('{table.name}', schema=None) as batch_op:"
        up = [begin, *(f"        batch_op.add_column({column.source()})" for column in columns)]
        up.append(f"        batch_op.create_index({name}, ['{columns[0].name}'], unique=False)")
        down = [begin, f"        batch_op.drop_index({name})"]
        down += [f"        batch_op.drop_column('{column.name}')" for column in reversed(columns)]
        return Step(f"extend {table.name}", "\n".join(up), "\n".join(down))

    def add_enum_column(self) -> Step:
        table = self._pick_table()
        labels = ", ".join(f"'{label}'" for label in self.rng.choice(ENUM_LABELS))
        name = self._free_name(table, "state")
        enum = f"{table.singular}_{name}"
        type_ = f"postgresql.ENUM({labels}, name='{enum}', create_type=False)"
        column = self._add(table, Column(name, type_, used=True))
        table.pinned = True
        if self.rng.random() < 0.5:
            create = f'    op.execute("CREATE TYPE {enum} AS ENUM ({labels})")'
        else:
            create = f"    postgresql.ENUM({labels}, name='{enum}').create(op.get_bind())"
        return Step(
            f"add {name} to {table.name}",
            f"{create}\n    op.add_column('{table.name}', {column.source()})",
            f"    op.drop_column('{table.name}', '{name}')\n    op.execute('DROP TYPE {enum}')",
        )

    def create_index(self) -> Step | None:
        table = self._pick_table()
        if not self._index(table):
            return None
        create, drop = table.indexes[-1]
        return Step(f"index {table.name}", create, drop)

    def create_unique(self) -> Step | None:
        table = self._pick_table()
        column = self._pick_column(table)
        if column is None:
            return None
        column.used = table.pinned = True
        name = f"op.f('uq_{table.name}_{column.name}')"
        return Step(
            f"make {column.name} of {table.name} unique",
            f"    op.create_unique_constraint({name}, '{table.name}', ['{column.name}'])",
            f"    op.drop_constraint({name}, '{table.name}', type_='unique')",
        )

    def add_foreign_key(self) -> Step | None:
        table, target = self._pick_table(), self._pick_table()
        if table is target:
            return None
        column = self._reference(table, target)
        table.pinned = True
        name = f"op.f('fk_{table.name}_{column.name}')"
        return Step(
            f"link {table.name} to {target.name}",
            f"    op.add_column('{table.name}', {column.source()})\n"
            f"    op.create_foreign_key({name}, '{table.name}', '{target.name}', "
            f"['{column.name}'], ['id'], ondelete='SET NULL')",
            f"    op.drop_constraint({name}, '{table.name}', type_='foreignkey')\n"
            f"    op.drop_column('{table.name}', '{column.name}')",
        )

    def allow_null(self) -> Step | None:
        table = self._pick_table()
        column = self._pick_column(table, nullable=False)
        if column is None:
            return None
        column.nullable = True
        return Step(
            f"let {column.name} of {table.name} be null",
            alter_column_source(table, column, nullable="True"),
            alter_column_source(table, column, nullable="False"),
        )

    def require(self) -> Step | None:
        table = self._pick_table()
        column = self._pick_column(table, nullable=True)
        if column is None:
            return None
        column.nullable = False
        if self.rng.random() < 0.8:
            name = column.name
            fill = f"UPDATE {table.name} SET {name} = {column.value} WHERE {name} IS NULL"
            before = f'    op.execute("{fill}")\n'
        else:
            before = "    # backfill: ok the nightly job has filled it\n"
        return Step(
            f"require {column.name} of {table.name}",
            before + alter_column_source(table, column, nullable="False"),
            alter_column_source(table, column, nullable="True"),
        )

    def change_comment(self) -> Step | None:
        table = self._pick_table()
        column = self._pick_column(table)
        if column is None:
            return None
        old, new = column.comment, f"Set by the {self.rng.choice(AREAS)} service"
        column.comment = new
        return Step(
            f"comment on {column.name} of {table.name}",
            alter_column_source(table, column, comment=repr(new), existing_comment=repr(old)),
            alter_column_source(table, column, comment=repr(old), existing_comment=repr(new)),
        )

    def change_type(self, tag: str = "    # type-change: approved only widens\n") -> Step | None:
        table = self._pick_table()
        candidates = [
            column
            for column in table.columns.values()
            if column.widened and not column.used and column not in self.fresh
        ]
        if not candidates:
            return None
        column = self.rng.choice(candidates)
        old, new = column.type, column.widened
        column.type, column.widened = new, None
        return Step(
            f"widen {column.name} of {table.name}",
            tag + alter_column_source(table, column, existing_type=old, type_=new),
            alter_column_source(table, column, existing_type=new, type_=old),
        )

    def drop_column(
        self, tag: str = "  # destructive: approved unused since the last release"
    ) -> Step | None:
        table = self._pick_table()
        column = self._pick_column(table)
        if column is None or len(table.columns) < 6:
            return None
        del table.columns[column.name]
        return Step(
            f"drop {column.name} of {table.name}",
            f"    op.drop_column('{table.name}', '{column.name}'){tag}",
            f"    op.add_column('{table.name}', {column.source()})",
        )

    def create_index_concurrently(self) -> Step | None:
        table = self._pick_table()
        if not self._index(table):
            return None
        create, drop = table.indexes[-1]
        block = "    with op.get_context().autocommit_block():\n    {}, {})"
        option = "postgresql_concurrently=True"
        return Step(
            f"index {table.name} concurrently",
            block.format(create[:-1], option),
            block.format(drop[:-1], option),
        )

    def _new_table(self) -> Table:
        for number in range(1, 1000):
            for _ in range(20):
                area = self.rng.choice(AREAS) + (str(number) if number > 1 else "")
                singular = f"{area}_{self.rng.choice(NOUNS)}"
                if singular not in self.names:
                    self.names.add(singular)
                    return Table(f"{singular}s", singular)
        raise AssertionError("out of table names")

    def _some_tables(self, count: int) -> list[Table]:
        return self.rng.sample(self.tables, min(count, len(self.tables)))

    def _pick_table(self) -> Table:
        # People work on what is new.
        recent = self.tables[-50:] if self.rng.random() < 0.7 else self.tables
        while (table := self.rng.choice(recent)) in self.fresh:
            pass
        return table

    def _pick_column(self, table: Table, nullable: bool | None = None) -> Column | None:
        candidates = [
            column
            for column in table.columns.values()
            if not column.used
            and column not in self.fresh
            and (nullable is None or column.nullable == nullable)
        ]
        return self.rng.choice(candidates) if candidates else None

    def _free_name(self, table: Table, wish: str) -> str:
        number = 1
        name = wish
        while (table.name, name) in self.names:
            number += 1
            name = f"{wish}_{number}"
        return name

    def _add(self, table: Table, column: Column) -> Column:
        self.names.add((table.name, column.name))
        table.columns[column.name] = column
        if table not in self.fresh:
            self.fresh.add(column)
        return column

    def _new_column(self, table: Table, type_: Type) -> Column:
        name = self._free_name(table, self.rng.choice(type_.names.split()))
        default = type_.default if self.rng.random() < 0.4 else None
        return self._add(
            table,
            Column(name, type_.source, True, default, value=type_.value, widened=type_.widened),
        )

    def _reference(self, table: Table, target: Table) -> Column:
        target.pinned = True
        name = self._free_name(table, f"{target.singular}_id")
        return self._add(table, Column(name, "sa.Integer()", used=True))

    def _index(self, table: Table) -> bool:
        column = self._pick_column(table)
        if column is None or "JSONB" in column.type:
            return False
        self._add_index(table, column)
        return True

    def _add_index(self, table: Table, column: Column) -> str:
        column.used = True
        name = f"op.f('ix_{table.name}_{column.name}')"
        create = f"    op.create_index({name}, '{table.name}', ['{column.name}'], unique=False)"
        table.indexes.append((create, f"    op.drop_index({name}, table_name='{table.name}')"))
        return name
