#include <doctest/doctest.h>

#include "unit/migration/python_actions.hpp"

using gauger::tests::type_of;

TEST_CASE("migration::read spells types as format_type() does") {
  CHECK(type_of("sa.String(50)").text == "character varying(50)");
  CHECK(type_of("sa.String").text == "character varying");
  CHECK(type_of("sa.CHAR()").text == "character(1)");
  CHECK(type_of("sa.Numeric(10)").text == "numeric(10,0)");
  CHECK(type_of("sa.Float(24)").text == "real");
  CHECK(type_of("sa.DateTime(timezone=True)").text == "timestamp with time zone");
  CHECK(type_of("postgresql.TIMESTAMP(timezone=True, precision=3)").text ==
        "timestamp(3) with time zone");
  CHECK(type_of("postgresql.INTERVAL(fields='DAY TO SECOND', precision=3)").text ==
        "interval day to second(3)");
  CHECK(type_of("postgresql.ARRAY(sa.Integer(), dimensions=2)").text == "integer[]");
  CHECK(type_of("sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')").text == "jsonb");
  CHECK(type_of("sa.BigInteger().with_variant(sa.Integer(), 'sqlite')").text == "bigint");
  CHECK(type_of("sqlmodel.sql.sqltypes.AutoString(length=9)", "import sqlmodel\n").text ==
        "character varying(9)");
  CHECK(type_of("pgvector.sqlalchemy.Vector(3)", "import pgvector\n").text == "vector(3)");
}

TEST_CASE("migration::read keeps a type that it does not know as it is written") {
  const auto type = type_of("app.types.Money(2)", "import app\n");
  CHECK_FALSE(type.known());
  CHECK(type.written == "app.types.Money(2)");
  CHECK_FALSE(type_of("sa.String(LENGTH)").known());
  CHECK_FALSE(type_of("sa.Numeric(10, SCALE)").known());
  CHECK_FALSE(type_of("postgresql.ARRAY(Thing())").known());
}

TEST_CASE("migration::read reads types that the file defines") {
  CHECK(type_of("Money()", "class Money(sa.TypeDecorator):\n    impl = sa.Numeric(10, 2)\n").text ==
        "numeric(10,2)");
  CHECK(type_of("Short(7)", "class Short(sa.TypeDecorator):\n    impl = sa.String\n").text ==
        "character varying(7)");
  CHECK(type_of("GUID()",
                "class GUID(sa.TypeDecorator):\n"
                "    impl = sa.CHAR\n"
                "    def load_dialect_impl(self, dialect):\n"
                "        if dialect.name == 'postgresql':\n"
                "            return dialect.type_descriptor(postgresql.UUID())\n"
                "        return dialect.type_descriptor(sa.CHAR(32))\n")
            .text == "uuid");
  CHECK(type_of("Point()",
                "class Point(sa.types.UserDefinedType):\n"
                "    def get_col_spec(self, **kw):\n        return 'POINT'\n")
            .text == "point");
}

TEST_CASE("migration::read takes what a type does for no part of upgrade()") {
  CHECK(type_of("T()",
                "class T(sa.TypeDecorator):\n    impl = sa.String\n"
                "    def load_dialect_impl(self, dialect):\n        unknown(dialect)\n"
                "        op.drop_table('t')\n        return dialect.type_descriptor(sa.Text())\n")
            .text == "text");  // and type_of() requires that there is one operation
}

TEST_CASE("migration::read ends where types decorate each other") {
  CHECK_FALSE(type_of("A()",
                      "class A(sa.TypeDecorator):\n    impl = B\n"
                      "class B(sa.TypeDecorator):\n    impl = A\n")
                  .known());
}

TEST_CASE("migration::read knows the labels of enums") {
  const auto labels = [](std::string_view type, std::string_view definitions = "") {
    std::string out;
    const auto read = type_of(type, definitions);
    REQUIRE(read.enumeration.has_value());
    for (const std::string& label : read.enumeration->labels) {
      out += label + " ";
    }
    return out + (read.enumeration->labels_known ? "" : "?") + read.enumeration->name.text;
  };
  constexpr std::string_view color =
      "import enum\nclass Color(enum.Enum):\n    RED = 'red'\n    BLUE = 'blue'\n    AZURE = "
      "'blue'\n";
  CHECK(labels("sa.Enum('a', 'b', name='m')") == "a b m");
  CHECK(labels("sa.Enum(*LABELS, name='m')", "LABELS = ['a', 'b']\n") == "a b m");
  CHECK(labels("sa.Enum(*app.LABELS, name='m')", "import app\n") == "?m");
  CHECK(labels("sa.Enum(Color)", color) == "RED BLUE color");
  CHECK(labels("sa.Enum(Color, name='c')", color) == "RED BLUE c");
  CHECK(labels("sa.Enum(Color, values_callable=lambda e: [x.value for x in e])", color) ==
        "red blue blue color");
  CHECK(labels("sa.Enum(app.Status)", "import app\n") == "?status");
  CHECK(type_of("sa.Enum('a', 'bbb', name='m', native_enum=False)").text == "character varying(3)");
  CHECK(type_of("sa.Enum('a', name='m', native_enum=False, length=9)").text ==
        "character varying(9)");
  CHECK(type_of("sa.Enum('a', name='m', schema='s')").text == "s.m");
  CHECK(type_of("postgresql.ARRAY(sa.Enum('a', name='m'))").text == "m[]");
  CHECK(type_of("postgresql.DOMAIN('d', sa.Integer())").text == "d");
}
