"""Tables and columns, and how autogenerate renders operations on them."""

from dataclasses import dataclass, field

LINE = ",\n               "  # how autogenerate breaks the arguments of alter_column

AREAS = """
account audit billing campaign catalog contract customer delivery device event inventory invoice
ledger loyalty market media order partner payment pricing project report shipping staff store
supplier support team vendor warehouse
""".split()
NOUNS = """
adjustment approval attachment batch_item channel comment contact discount document export filter
group import label line_item location log member message note option permission price profile quota
record refund request review rule schedule session setting snapshot step tag target template
threshold token
""".split()


@dataclass(frozen=True)
class Type:
    source: str  # as autogenerate renders it
    default: str  # a server_default, rendered too
    value: str  # an SQL literal, for a backfill
    names: str  # of columns that have this type
    widened: str | None = None  # a type to change to, and back


ZERO, NOW, UUID = "sa.text('0')", "sa.text('now()')", "gen_random_uuid()"
TYPES = [
    Type("sa.Text()", "''", "''", "description notes comment reason summary instructions"),
    Type("sa.BigInteger()", ZERO, "0", "external_id size_bytes sequence_number view_count"),
    Type("sa.Integer()", ZERO, "0", "quantity priority retries rank score", "sa.BigInteger()"),
    Type(
        "sa.String(length=50)", "'new'", "'new'", "code sku locale source", "sa.String(length=100)"
    ),
    Type("sa.String(length=255)", "''", "''", "title label email first_name phone", "sa.Text()"),
    Type("sa.Boolean()", "sa.text('false')", "false", "is_active is_default is_archived is_public"),
    Type("sa.Numeric(precision=12, scale=2)", ZERO, "0", "amount total tax_rate balance weight"),
    Type("sa.DateTime(timezone=True)", NOW, "now()", "updated_at deleted_at started_at expires_at"),
    Type("sa.Date()", "sa.text('CURRENT_DATE')", "CURRENT_DATE", "due_date valid_from valid_until"),
    Type("postgresql.UUID(as_uuid=True)", f"sa.text('{UUID}')", UUID, "public_id correlation_id"),
    Type(
        "postgresql.JSONB(astext_type=sa.Text())",
        "sa.text(\"'{}'::jsonb\")",
        "'{}'",
        "payload settings extra attributes",
    ),
    Type(
        "postgresql.ARRAY(sa.String(length=20))", "sa.text(\"'{}'\")", "'{}'", "tags scopes aliases"
    ),
]


@dataclass(eq=False)
class Column:
    name: str
    type: str
    nullable: bool = True
    default: str | None = None
    comment: str | None = None
    value: str = "0"
    widened: str | None = None
    used: bool = False  # by an index, a constraint or an enum type: never altered

    def source(self) -> str:
        arguments = [f"'{self.name}'", self.type]
        if self.default is not None:
            arguments.append(f"server_default={self.default}")
        arguments.append(f"nullable={self.nullable}")
        if self.comment is not None:
            arguments.append(f"comment='{self.comment}'")
        return f"sa.Column({', '.join(arguments)})"


@dataclass(eq=False)
class Table:
    name: str
    singular: str
    columns: dict[str, Column] = field(default_factory=dict)
    constraints: list[str] = field(default_factory=list)  # as create_table renders them
    indexes: list[tuple[str, str]] = field(default_factory=list)  # create_index, drop_index
    pinned: bool = False  # referenced by another table, or owner of an enum type


def create_table_source(table: Table) -> str:
    parts = [*(column.source() for column in table.columns.values()), *table.constraints]
    return f"    op.create_table('{table.name}',\n    " + ",\n    ".join(parts) + "\n    )"


def alter_column_source(table: Table, column: Column, **changes: str) -> str:
    arguments = {"existing_type": column.type} | changes
    if "nullable" not in changes:
        arguments["existing_nullable"] = str(column.nullable)
    if column.default is not None:
        arguments["existing_server_default"] = column.default
    rendered = [
        f"'{table.name}', '{column.name}'",
        *(f"{name}={value}" for name, value in arguments.items()),
    ]
    return f"    op.alter_column({LINE.join(rendered)})"


def drop_table_source(table: Table, tag: str = "") -> str:
    return "\n".join(
        [*(drop for _, drop in reversed(table.indexes)), f"{tag}    op.drop_table('{table.name}')"]
    )
