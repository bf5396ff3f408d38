"""Models with a column of every type that SQLAlchemy's PostgreSQL dialect has, and of its own types."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

# Bases of others, which name no type of a column.
ABSTRACT = {
    "AbstractMultiRange", "AbstractRange", "AbstractSingleRange", "NamedType",
    "ARRAY", "Concatenable", "Emulated", "Indexable", "NullType", "SchemaType", "TupleType",
    "TypeDecorator", "TypeEngine", "UserDefinedType", "Variant", "MatchType",
}  # fmt: skip

# Those that have properties, with some of them, besides the bare type.
VARIANTS = {
    "BIT": [pg.BIT(4), pg.BIT(varying=True), pg.BIT(8, varying=True)],
    "CHAR": [pg.CHAR(3)],
    "Double": [sa.Double(53)],
    "FLOAT": [pg.FLOAT(24), pg.FLOAT(53)],
    "INTERVAL": [
        pg.INTERVAL(precision=3),
        pg.INTERVAL(fields="DAY TO SECOND"),
        pg.INTERVAL(fields="YEAR TO MONTH"),
    ],
    "NUMERIC": [pg.NUMERIC(10), pg.NUMERIC(10, 2)],
    "Numeric": [sa.Numeric(12, 4)],
    "String": [sa.String(40), sa.String(40, collation="C")],
    "TIME": [pg.TIME(timezone=True), pg.TIME(precision=0), pg.TIME(True, 3)],
    "TIMESTAMP": [pg.TIMESTAMP(timezone=True), pg.TIMESTAMP(precision=0), pg.TIMESTAMP(True, 3)],
    "DateTime": [sa.DateTime(timezone=True)],
    "VARCHAR": [pg.VARCHAR(20)],
}

# Those that cannot be bare.
GIVEN = {
    "DOMAIN": [pg.DOMAIN("positive", sa.Integer, check="VALUE > 0", not_null=True)],
    "ENUM": [pg.ENUM("a", "b", name="letters")],
    "Enum": [sa.Enum("x", "y", name="axes"), sa.Enum("x", "y", name="text_axes", native_enum=False)],
}

# What another dialect has for these; PostgreSQL has no such type.
NOT_THERE = {"BINARY", "BLOB", "CLOB", "DATETIME", "DOUBLE", "NCHAR", "NVARCHAR", "VARBINARY"}


def classes():
    """By name, the dialect's own first: all that it exports, or reads from a database, or SQLAlchemy has."""
    named = {cls.__name__: cls for cls in pg.dialect.ischema_names.values() if isinstance(cls, type)}
    for module in (sa.types, pg):
        named.update({name: getattr(module, name) for name in dir(module)})
    return {
        name: cls
        for name, cls in sorted(named.items())
        if isinstance(cls, type)
        and issubclass(cls, sa.types.TypeEngine)
        and name not in ABSTRACT | NOT_THERE
        and not name.startswith("_")
    }


def instances():
    found = []
    for name, cls in classes().items():
        found += GIVEN[name] if name in GIVEN else [cls(), *VARIANTS.get(name, [])]
    return found


metadata = sa.MetaData()
table = sa.Table(
    "everything",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    *(sa.Column(f"c{number}", type_) for number, type_ in enumerate(instances())),
)
# Arrays of what is not an array, a pickle or the like to SQLAlchemy.
arrays = sa.Table(
    "arrays",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    *(
        sa.Column(f"a{number}", pg.ARRAY(type_, dimensions=number % 2 + 1))
        for number, type_ in enumerate(instances())
        if type(type_).__module__.startswith("sqlalchemy.dialects.postgresql")
    ),
)
