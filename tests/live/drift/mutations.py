"""A schema with one thing changed in it at a time, as SQLAlchemy models.

`build` makes a schema with one mutation (or none); MUTATIONS says what drift has to report of each, left is the usual
schema and right the mutated one: (kind of object, object, kind of difference, property).
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

MISSING, UNEXPECTED, CHANGED, RENAMED = "missing", "unexpected", "changed", "renamed"

MUTATIONS = {
    # Tables
    "table_added": [("table", "extra", MISSING, None)],
    "table_renamed": [("table", "plain", RENAMED, None)],
    "table_comment_added": [("table", "plain", CHANGED, "comment")],
    "table_comment_changed": [("table", "parent", CHANGED, "comment")],
    "table_unlogged": [("table", "plain", CHANGED, "persistence")],
    # Columns
    "column_added": [("column", "plain.added", MISSING, None)],
    "column_added_not_null": [("column", "plain.added", MISSING, None)],
    "column_removed": [("column", "plain.spare", UNEXPECTED, None)],
    "column_renamed": [("column", "plain.spare", RENAMED, None)],
    "type_integer": [("column", "plain.number", CHANGED, "type")],
    "type_smaller": [("column", "plain.number", CHANGED, "type")],
    "type_length": [("column", "plain.name", CHANGED, "type")],
    "type_text": [("column", "plain.name", CHANGED, "type")],
    "type_precision": [("column", "plain.amount", CHANGED, "type")],
    "type_time_zone": [("column", "plain.moment", CHANGED, "type")],
    "type_time_precision": [("column", "plain.moment", CHANGED, "type")],
    "type_jsonb": [("column", "plain.document", CHANGED, "type")],
    "type_array": [("column", "plain.numbers", CHANGED, "type")],
    "type_char": [("column", "plain.code", CHANGED, "type")],
    "type_interval": [("column", "plain.span", CHANGED, "type")],
    "type_bit": [("column", "plain.bits", CHANGED, "type")],
    "not_null": [("column", "plain.number", CHANGED, "nullability")],
    "nullable": [("column", "plain.needed", CHANGED, "nullability")],
    "default_added": [("column", "plain.number", CHANGED, "default")],
    "default_changed": [("column", "plain.state", CHANGED, "default")],
    "default_removed": [("column", "plain.state", CHANGED, "default")],
    "default_function": [("column", "plain.moment", CHANGED, "default")],
    "identity_added": [("column", "plain.needed", CHANGED, "identity")],
    "identity_kind": [("column", "counted.id", CHANGED, "identity")],
    "identity_options": [("column", "counted.id", CHANGED, "identity options")],
    "generation_added": [("column", "plain.twice", CHANGED, "generation")],
    "generation_changed": [("column", "counted.sum", CHANGED, "generation")],
    "generation_removed": [("column", "counted.sum", CHANGED, "generation")],
    "collation": [("column", "plain.name", CHANGED, "collation")],
    "column_comment_added": [("column", "plain.number", CHANGED, "comment")],
    "column_comment_changed": [("column", "plain.name", CHANGED, "comment")],
    "column_comment_removed": [("column", "plain.name", CHANGED, "comment")],
    "serial_removed": [
        ("column", "parent.id", CHANGED, "default"),
        ("sequence", "parent_id_seq", UNEXPECTED, None),
    ],
    # Keys
    "primary_key_added": [
        ("constraint", "keyless.keyless_pkey", MISSING, None),
        ("column", "keyless.a", CHANGED, "nullability"),
    ],
    "primary_key_columns": [("constraint", "pair.pair_pkey", CHANGED, "definition")],
    "primary_key_renamed": [("constraint", "pair.pair_pkey", RENAMED, None)],
    "unique_added": [("constraint", "plain.plain_name_key", MISSING, None)],
    "unique_removed": [("constraint", "pair.pair_c_key", UNEXPECTED, None)],
    "unique_columns": [("constraint", "pair.pair_c_key", CHANGED, "definition")],
    "unique_renamed": [("constraint", "pair.pair_c_key", RENAMED, None)],
    "unique_deferrable": [("constraint", "pair.pair_c_key", CHANGED, "definition")],
    "unique_nulls": [("constraint", "pair.pair_c_key", CHANGED, "definition")],
    "foreign_key_added": [("constraint", "child.child_other_fkey", MISSING, None)],
    "foreign_key_removed": [("constraint", "child.child_parent_fkey", UNEXPECTED, None)],
    "foreign_key_renamed": [("constraint", "child.child_parent_fkey", RENAMED, None)],
    "foreign_key_on_delete": [("constraint", "child.child_parent_fkey", CHANGED, "definition")],
    "foreign_key_on_update": [("constraint", "child.child_parent_fkey", CHANGED, "definition")],
    "foreign_key_deferrable": [("constraint", "child.child_parent_fkey", CHANGED, "definition")],
    "foreign_key_deferred": [("constraint", "child.child_parent_fkey", CHANGED, "definition")],
    "foreign_key_match": [("constraint", "child.child_parent_fkey", CHANGED, "definition")],
    "foreign_key_target": [("constraint", "child.child_parent_fkey", CHANGED, "definition")],
    "foreign_key_columns": [("constraint", "child.child_parent_fkey", CHANGED, "definition")],
    "check_added": [("constraint", "plain.plain_number_check", MISSING, None)],
    "check_removed": [("constraint", "pair.pair_check", UNEXPECTED, None)],
    "check_changed": [("constraint", "pair.pair_check", CHANGED, "definition")],
    "check_renamed": [("constraint", "pair.pair_check", RENAMED, None)],
    "exclusion_added": [("constraint", "plain.plain_excl", MISSING, None)],
    "exclusion_changed": [("constraint", "pair.pair_excl", CHANGED, "definition")],
    # Indexes
    "index_added": [("index", "plain.ix_added", MISSING, None)],
    "index_removed": [("index", "pair.ix_pair", UNEXPECTED, None)],
    "index_renamed": [("index", "pair.ix_pair", RENAMED, None)],
    "index_columns": [("index", "pair.ix_pair", CHANGED, "definition")],
    "index_column_order": [("index", "pair.ix_both", CHANGED, "definition")],
    "index_unique": [("index", "pair.ix_pair", CHANGED, "definition")],
    "index_predicate_added": [("index", "pair.ix_pair", CHANGED, "definition")],
    "index_predicate_changed": [("index", "pair.ix_partial", CHANGED, "definition")],
    "index_expression": [("index", "pair.ix_lower", CHANGED, "definition")],
    "index_method": [("index", "pair.ix_pair", CHANGED, "definition")],
    "index_operator_class": [("index", "pair.ix_text", CHANGED, "definition")],
    "index_direction": [("index", "pair.ix_pair", CHANGED, "definition")],
    "index_nulls": [("index", "pair.ix_pair", CHANGED, "definition")],
    "index_included": [("index", "pair.ix_pair", CHANGED, "definition")],
    "index_options": [("index", "pair.ix_pair", CHANGED, "definition")],
    "index_nulls_not_distinct": [("index", "pair.ix_unique", CHANGED, "definition")],
    # Types and sequences
    "enum_label_added": [("enum", "mood", CHANGED, "labels")],
    "enum_label_between": [("enum", "mood", CHANGED, "labels")],
    "enum_label_removed": [("enum", "mood", CHANGED, "labels")],
    "enum_labels_moved": [("enum", "mood", CHANGED, "labels")],
    "enum_renamed": [("enum", "mood", RENAMED, None)],
    "enum_added": [
        ("enum", "level", MISSING, None),
        ("column", "plain.added", MISSING, None),
    ],
    "domain_not_null": [("domain", "positive", CHANGED, "nullability")],
    "domain_default": [("domain", "positive", CHANGED, "default")],
    "domain_check": [("domain", "positive", CHANGED, "checks")],
    "sequence_added": [("sequence", "extra_seq", MISSING, None)],
    "sequence_start": [("sequence", "numbers", CHANGED, "options")],
    "sequence_increment": [("sequence", "numbers", CHANGED, "options")],
    "sequence_cycle": [("sequence", "numbers", CHANGED, "options")],
    "sequence_type": [("sequence", "numbers", CHANGED, "type")],
}


def build(metadata, schema, mutation=None):
    used = set()

    def alt(usual, **others):
        """The usual thing, or that of the mutation."""
        used.update(others)
        return others.get(mutation, usual) if mutation else usual

    def some(**others):
        """What only a mutation has; a list of none or one."""
        used.update(others)
        return [others[mutation]] if mutation in others else []

    def unless(name, thing):
        used.add(name)
        return [] if mutation == name else [thing]

    Column, Integer, text = sa.Column, sa.Integer, sa.text

    plain = sa.Table(
        alt("plain", table_renamed="plain_renamed"),
        metadata,
        *some(
            column_added=Column("added", Integer),
            column_added_not_null=Column("added", sa.Text, nullable=False),
            enum_added=Column("added", pg.ENUM("low", "high", name="level", schema=schema)),
        ),
        *unless(
            "column_removed", Column(alt("spare", column_renamed="spare_renamed"), sa.Float)
        ),
        Column(
            "number",
            alt(Integer(), type_integer=sa.BigInteger(), type_smaller=sa.SmallInteger()),
            nullable=alt(True, not_null=False),
            server_default=alt(None, default_added=text("7")),
            comment=alt(None, column_comment_added="it's new"),
        ),
        Column("needed", Integer, *some(identity_added=sa.Identity()), nullable=alt(False, nullable=True)),
        Column(
            "name",
            alt(
                sa.String(50),
                type_length=sa.String(80),
                type_text=sa.Text(),
                collation=sa.String(50, collation="C"),
            ),
            comment=alt("old", column_comment_changed="new", column_comment_removed=None),
        ),
        Column("amount", alt(sa.Numeric(10, 2), type_precision=sa.Numeric(12, 4))),
        Column(
            "moment",
            alt(
                pg.TIMESTAMP(),
                type_time_zone=pg.TIMESTAMP(timezone=True),
                type_time_precision=pg.TIMESTAMP(precision=3),
            ),
            server_default=alt(text("now()"), default_function=text("clock_timestamp()")),
        ),
        Column("document", alt(pg.JSON(), type_jsonb=pg.JSONB())),
        Column("numbers", alt(pg.ARRAY(Integer), type_array=pg.ARRAY(sa.BigInteger))),
        Column("code", alt(sa.String(3), type_char=sa.CHAR(3))),
        Column("span", alt(pg.INTERVAL(), type_interval=pg.INTERVAL(fields="DAY TO SECOND"))),
        Column("bits", alt(pg.BIT(4), type_bit=pg.BIT(8))),
        Column("state", sa.Text, server_default=alt("open", default_changed="closed", default_removed=None)),
        Column("twice", Integer, *some(generation_added=sa.Computed("1 + 1", persisted=True))),
        Column("during", pg.INT4RANGE),
        *some(
            unique_added=sa.UniqueConstraint("name", name="plain_name_key"),
            check_added=sa.CheckConstraint("number > 0", name="plain_number_check"),
            exclusion_added=pg.ExcludeConstraint(("during", "&&"), name="plain_excl"),
        ),
        schema=schema,
        comment=alt(None, table_comment_added="a table"),
        prefixes=some(table_unlogged="UNLOGGED"),
    )
    if some(index_added=True):
        sa.Index("ix_added", plain.c.number)
    if some(table_added=True):
        sa.Table(
            "extra",
            metadata,
            Column("id", Integer, primary_key=True, autoincrement=False),
            Column("note", sa.Text, comment="a note"),
            schema=schema,
        )

    sa.Table(
        "counted",
        metadata,
        Column(
            "id",
            Integer,
            sa.Identity(
                always=alt(True, identity_kind=False), start=alt(None, identity_options=100)
            ),
            primary_key=True,
        ),
        Column(
            "sum",
            Integer,
            *unless(
                "generation_removed",
                sa.Computed(alt("2 + 2", generation_changed="2 + 3"), persisted=True),
            ),
        ),
        schema=schema,
    )
    sa.Table(
        "keyless",
        metadata,
        Column("a", Integer, nullable=alt(True, primary_key_added=False), autoincrement=False),
        *some(primary_key_added=sa.PrimaryKeyConstraint("a", name="keyless_pkey")),
        schema=schema,
    )

    pair = sa.Table(
        "pair",
        metadata,
        Column("a", Integer, nullable=False, autoincrement=False),
        Column("b", Integer, nullable=False, autoincrement=False),
        Column("c", sa.Text),
        Column("d", pg.INT4RANGE),
        Column("e", pg.ENUM(
            *alt(
                ("sad", "ok", "happy"),
                enum_label_added=("sad", "ok", "happy", "elated"),
                enum_label_between=("sad", "meh", "ok", "happy"),
                enum_label_removed=("sad", "happy"),
                enum_labels_moved=("happy", "ok", "sad"),
            ),
            name=alt("mood", enum_renamed="mood_renamed"),
            schema=schema,
        ), server_default=alt("sad", enum_renamed="sad")),
        Column("f", pg.DOMAIN(
            "positive",
            Integer,
            schema=schema,
            not_null=alt(None, domain_not_null=True),
            default=alt(None, domain_default="1"),
            constraint_name="positive_check",
            check=alt("VALUE > 0", domain_check="VALUE >= 0"),
        )),
        sa.PrimaryKeyConstraint(
            *alt(("a",), primary_key_columns=("a", "b")),
            name=alt("pair_pkey", primary_key_renamed="pair_pk"),
        ),
        *unless(
            "unique_removed",
            sa.UniqueConstraint(
                *alt(("c",), unique_columns=("c", "b")),
                name=alt("pair_c_key", unique_renamed="pair_c_unique"),
                deferrable=alt(None, unique_deferrable=True),
                postgresql_nulls_not_distinct=alt(None, unique_nulls=True),
            ),
        ),
        *unless(
            "check_removed",
            sa.CheckConstraint(
                alt("a < b", check_changed="a <= b"), name=alt("pair_check", check_renamed="pair_ck")
            ),
        ),
        pg.ExcludeConstraint(
            ("d", "&&"), name="pair_excl", where=alt(None, exclusion_changed=text("a > 5"))
        ),
        schema=schema,
    )
    if unless("index_removed", True):
        first = alt(
            pair.c.b,
            index_columns=pair.c.c,
            index_direction=pair.c.b.desc(),
            index_nulls=pair.c.b.nulls_first(),
        )
        sa.Index(
            alt("ix_pair", index_renamed="ix_pair_renamed"),
            first,
            unique=alt(False, index_unique=True),
            postgresql_where=alt(None, index_predicate_added=text("a > 1")),
            postgresql_using=alt("btree", index_method="hash"),
            postgresql_include=alt([], index_included=["a"]),
            postgresql_with=alt({}, index_options={"fillfactor": 70}),
        )
    sa.Index("ix_both", *alt((pair.c.a, pair.c.b), index_column_order=(pair.c.b, pair.c.a)))
    sa.Index(
        "ix_partial", pair.c.b,
        postgresql_where=alt(text("c IS NULL"), index_predicate_changed=text("c IS NOT NULL")),
    )  # fmt: skip
    sa.Index("ix_lower", alt(sa.func.lower(pair.c.c), index_expression=sa.func.upper(pair.c.c)))
    sa.Index(
        "ix_text", pair.c.c, postgresql_ops=alt({}, index_operator_class={"c": "text_pattern_ops"})
    )
    sa.Index(
        "ix_unique", pair.c.c, pair.c.b, unique=True,
        postgresql_nulls_not_distinct=alt(None, index_nulls_not_distinct=True),
    )  # fmt: skip

    sa.Table(
        "parent",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=alt(True, serial_removed=False)),
        Column("x", Integer, nullable=False, unique=False),
        sa.UniqueConstraint("id", "x", name="parent_id_x_key"),
        schema=schema,
        comment=alt("parents", table_comment_changed="more parents"),
    )
    sa.Table(
        "other",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=False),
        schema=schema,
    )
    here = schema + "."
    sa.Table(
        "child",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("parent_id", Integer),
        Column("x", Integer),
        *some(
            foreign_key_added=sa.ForeignKeyConstraint(
                ["x"], [here + "other.id"], name="child_other_fkey"
            )
        ),
        *unless(
            "foreign_key_removed",
            sa.ForeignKeyConstraint(
                alt(["parent_id"], foreign_key_columns=["parent_id", "x"]),
                alt(
                    [here + "parent.id"],
                    foreign_key_target=[here + "other.id"],
                    foreign_key_columns=[here + "parent.id", here + "parent.x"],
                ),
                name=alt("child_parent_fkey", foreign_key_renamed="child_parent_fk"),
                ondelete=alt(None, foreign_key_on_delete="CASCADE"),
                onupdate=alt(None, foreign_key_on_update="SET NULL"),
                deferrable=alt(None, foreign_key_deferrable=True, foreign_key_deferred=True),
                initially=alt(None, foreign_key_deferred="DEFERRED"),
                match=alt(None, foreign_key_match="FULL"),
            ),
        ),
        schema=schema,
    )

    sa.Sequence(
        "numbers",
        metadata=metadata,
        schema=schema,
        start=alt(None, sequence_start=50),
        increment=alt(None, sequence_increment=5),
        cycle=alt(None, sequence_cycle=True),
        data_type=alt(None, sequence_type=Integer()),
    )
    if some(sequence_added=True):
        sa.Sequence("extra_seq", metadata=metadata, schema=schema)

    assert mutation == "index_removed" or used == set(MUTATIONS), used ^ set(MUTATIONS)


def schemas():
    """Each mutation in a schema of its own, and one without."""
    return {"unmutated": None, **{"m_" + name: name for name in MUTATIONS}}


def make_metadata(mutated):
    metadata = sa.MetaData()
    for schema, mutation in schemas().items():
        build(metadata, schema, mutation if mutated else None)
    return metadata
