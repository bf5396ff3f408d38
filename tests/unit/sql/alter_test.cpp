#include <string>

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "unit/sql/make.hpp"

using gauger::sql::AlterAction;
using gauger::sql::AlterKind;
using gauger::sql::ConstraintKind;
using gauger::sql::ObjectKind;
using gauger::sql::Statement;
using gauger::sql::StatementKind;
using gauger::tests::join;
using gauger::tests::parse_one;

namespace {

AlterAction action(const std::string& text) {
  const Statement statement = parse_one("ALTER TABLE t " + text);
  CHECK(statement.kind == StatementKind::alter_table);
  REQUIRE(statement.actions.size() == 1);
  CHECK(gauger::base::slice("ALTER TABLE t " + text, statement.actions[0].span) == text);
  return statement.actions[0];
}

}  // namespace

TEST_CASE("sql::parse ALTER TABLE: the table") {
  const auto statement = parse_one("ALTER TABLE IF EXISTS ONLY s.t DROP a");
  CHECK(join(statement.table) == "s.t");
  CHECK(statement.only);
  CHECK(statement.if_exists);
  CHECK(statement.object == ObjectKind::table);
  CHECK_FALSE(parse_one("ALTER TABLE t * DROP a").only);
  const auto index = parse_one("ALTER INDEX s.i ATTACH PARTITION j");
  CHECK(index.kind == StatementKind::alter_table);
  CHECK(index.object == ObjectKind::index);
  CHECK(index.tag == "ALTER INDEX");
  CHECK(join(*index.actions.at(0).other_table) == "j");
  CHECK(parse_one("ALTER VIEW v ALTER a SET DEFAULT 1").object == ObjectKind::view);
  CHECK(parse_one("ALTER TYPE c ADD ATTRIBUTE a int").object == ObjectKind::type);
}

TEST_CASE("sql::parse ALTER TABLE: several actions, each with its span") {
  const std::string text =
      "ALTER TABLE ONLY (s.t) ADD a numeric(1, 2) DEFAULT f(1, 2), -- one\n"
      "  ALTER b TYPE varchar(3) USING left(b, 3), DROP c";
  const auto statement = parse_one(text);
  REQUIRE(statement.actions.size() == 3);
  CHECK(gauger::base::slice(text, statement.actions[0].span) ==
        "ADD a numeric(1, 2) DEFAULT f(1, 2)");
  CHECK(gauger::base::slice(text, statement.actions[1].span) ==
        "ALTER b TYPE varchar(3) USING left(b, 3)");
  CHECK(gauger::base::slice(text, statement.actions[2].span) == "DROP c");
  CHECK(statement.actions[0].column->constraints.at(0).expression == "f(1, 2)");
  CHECK(statement.actions[1].expression == "left(b, 3)");
  CHECK(join(statement.functions) == "f left");
}

TEST_CASE("sql::parse ALTER TABLE: columns") {
  const auto add =
      action("ADD COLUMN IF NOT EXISTS c varchar(9) COLLATE \"C\" DEFAULT 'a' NOT NULL");
  CHECK(add.kind == AlterKind::add_column);
  CHECK(add.name == "c");
  CHECK(add.if_not_exists);
  CHECK_FALSE(add.if_exists);
  CHECK(add.column->type.text == "varchar(9)");
  CHECK(add.column->collation == "C");
  CHECK(add.column->constraints.at(0).expression == "'a'");
  CHECK(add.column->constraints.at(1).kind == ConstraintKind::not_null);

  const auto drop = action("DROP COLUMN IF EXISTS c CASCADE");
  CHECK(drop.kind == AlterKind::drop_column);
  CHECK(drop.if_exists);
  CHECK(drop.cascade);

  const auto type = action("ALTER c SET DATA TYPE s.e[] COLLATE \"x\" USING f(c)::s.e[]");
  CHECK(type.kind == AlterKind::set_type);
  CHECK(type.name == "c");
  CHECK(type.column->name == "c");
  CHECK(join(type.column->type.name) == "s.e");
  CHECK(type.column->type.array);
  CHECK(type.column->type.text == "s.e[]");
  CHECK(type.column->collation == "x");
  CHECK(type.expression == "f(c)::s.e[]");
  CHECK(action("ALTER c TYPE int").expression.empty());

  CHECK(action("ALTER c SET NOT NULL").kind == AlterKind::set_not_null);
  CHECK(action("ALTER c DROP NOT NULL").kind == AlterKind::drop_not_null);
  const auto set = action("ALTER \"set\" SET DEFAULT CASE WHEN now() > x THEN 1 END");
  CHECK(set.kind == AlterKind::set_default);
  CHECK(set.name == "set");
  CHECK(set.expression == "CASE WHEN now() > x THEN 1 END");
  CHECK(action("ALTER c DROP DEFAULT").kind == AlterKind::drop_default);
  CHECK(action("ALTER c ADD GENERATED ALWAYS AS IDENTITY").kind == AlterKind::add_identity);
  CHECK(action("ALTER c ADD GENERATED ALWAYS AS IDENTITY").constraint->generated_always);
  CHECK(action("ALTER c DROP IDENTITY IF EXISTS").kind == AlterKind::drop_identity);
  CHECK(action("ALTER c DROP IDENTITY IF EXISTS").if_exists);
  CHECK(action("ALTER COLUMN c SET GENERATED ALWAYS RESTART 5").kind == AlterKind::set_identity);
  CHECK(action("ALTER COLUMN c SET GENERATED ALWAYS RESTART 5").text ==
        "SET GENERATED ALWAYS RESTART 5");
  CHECK(action("ALTER c SET EXPRESSION AS (a + (b))").kind == AlterKind::set_expression);
  CHECK(action("ALTER c SET EXPRESSION AS (a + (b))").expression == "a + (b)");
  CHECK(action("ALTER c DROP EXPRESSION").kind == AlterKind::drop_expression);
  CHECK(action("ALTER c SET STATISTICS 100").kind == AlterKind::set_statistics);
  CHECK(action("ALTER c SET STATISTICS 100").text == "100");
  CHECK(action("ALTER c SET STORAGE external").kind == AlterKind::set_storage);
  CHECK(action("ALTER c SET STORAGE external").text == "external");
  CHECK(action("ALTER c SET COMPRESSION lz4").kind == AlterKind::set_compression);
  CHECK(action("ALTER c SET (n_distinct = 5)").kind == AlterKind::column_options);
  CHECK(action("ALTER c SET (n_distinct = 5)").text == "n_distinct = 5");
  CHECK(action("ALTER c RESET (n_distinct)").kind == AlterKind::column_options);
}

TEST_CASE("sql::parse ALTER TABLE: constraints") {
  const auto check = action("ADD CONSTRAINT k CHECK (a > f(b)) NOT VALID");
  CHECK(check.kind == AlterKind::add_constraint);
  CHECK(check.name == "k");
  CHECK(check.constraint->expression == "a > f(b)");
  CHECK(check.constraint->not_valid);

  const auto key = action("ADD FOREIGN KEY (a) REFERENCES s.u (b) ON DELETE CASCADE NOT VALID");
  CHECK(key.name.empty());
  CHECK(key.constraint->kind == ConstraintKind::foreign_key);
  CHECK(join(key.constraint->columns) == "a");
  CHECK(join(key.constraint->referenced) == "s.u");
  CHECK(key.constraint->not_valid);

  const auto index = action("ADD CONSTRAINT k PRIMARY KEY USING INDEX i DEFERRABLE");
  CHECK(index.constraint->kind == ConstraintKind::primary_key);
  CHECK(index.constraint->using_index == "i");
  CHECK(index.constraint->deferrable);
  CHECK(action("ADD CONSTRAINT n NOT NULL a NOT VALID").constraint->kind ==
        ConstraintKind::not_null);
  CHECK(action("ADD CONSTRAINT n NOT NULL a NOT VALID").constraint->not_valid);

  const auto drop = action("DROP CONSTRAINT IF EXISTS k CASCADE");
  CHECK(drop.kind == AlterKind::drop_constraint);
  CHECK(drop.name == "k");
  CHECK(drop.if_exists);
  CHECK(drop.cascade);
  CHECK(action("VALIDATE CONSTRAINT k").kind == AlterKind::validate_constraint);
  CHECK(action("VALIDATE CONSTRAINT k").name == "k");
  const auto alter = action("ALTER CONSTRAINT k DEFERRABLE INITIALLY DEFERRED");
  CHECK(alter.kind == AlterKind::alter_constraint);
  CHECK(alter.name == "k");
  CHECK(alter.constraint->deferrable);
  CHECK(alter.constraint->initially_deferred);
  CHECK(action("ALTER CONSTRAINT k NOT ENFORCED").constraint->not_enforced);
}

TEST_CASE("sql::parse ALTER TABLE: partitions and parents") {
  const auto attach = action("ATTACH PARTITION s.p FOR VALUES IN ('a', f('b'))");
  CHECK(attach.kind == AlterKind::attach_partition);
  CHECK(join(*attach.other_table) == "s.p");
  CHECK(attach.text == "FOR VALUES IN ('a', f('b'))");
  CHECK_FALSE(attach.default_partition);
  CHECK(action("ATTACH PARTITION p FOR VALUES FROM (1) TO (2)").text ==
        "FOR VALUES FROM (1) TO (2)");
  CHECK(action("ATTACH PARTITION p FOR VALUES WITH (MODULUS 2, REMAINDER 1)").text ==
        "FOR VALUES WITH (MODULUS 2, REMAINDER 1)");
  const auto fallback = action("ATTACH PARTITION p DEFAULT");
  CHECK(fallback.default_partition);
  CHECK(fallback.text == "DEFAULT");
  CHECK(action("DETACH PARTITION p").kind == AlterKind::detach_partition);
  CHECK(action("DETACH PARTITION s.p CONCURRENTLY").concurrently);
  CHECK(join(*action("DETACH PARTITION s.p CONCURRENTLY").other_table) == "s.p");
  CHECK(action("DETACH PARTITION p FINALIZE").kind == AlterKind::detach_partition_finalize);
  CHECK(action("INHERIT s.p").kind == AlterKind::inherit);
  CHECK(join(*action("INHERIT s.p").other_table) == "s.p");
  CHECK(action("NO INHERIT p").kind == AlterKind::no_inherit);
}

TEST_CASE("sql::parse ALTER TABLE: the rest") {
  CHECK(action("SET LOGGED").kind == AlterKind::set_logged);
  CHECK(action("SET UNLOGGED").kind == AlterKind::set_unlogged);
  CHECK(action("SET TABLESPACE x").kind == AlterKind::set_tablespace);
  CHECK(action("SET TABLESPACE x").name == "x");
  CHECK(action("SET ACCESS METHOD heap").kind == AlterKind::set_access_method);
  CHECK(action("CLUSTER ON i").kind == AlterKind::cluster_on);
  CHECK(action("CLUSTER ON i").name == "i");
  CHECK(action("ENABLE TRIGGER x").kind == AlterKind::enable_trigger);
  CHECK(action("ENABLE TRIGGER x").name == "x");
  CHECK(action("ENABLE ALWAYS TRIGGER x").text == "ALWAYS");
  CHECK(action("DISABLE TRIGGER ALL").kind == AlterKind::disable_trigger);
  CHECK(action("DISABLE TRIGGER ALL").text == "ALL");
  CHECK(action("DISABLE TRIGGER USER").text == "USER");
  CHECK(action("ENABLE ROW LEVEL SECURITY").kind == AlterKind::enable_row_security);
  CHECK(action("DISABLE ROW LEVEL SECURITY").kind == AlterKind::disable_row_security);
  CHECK(action("FORCE ROW LEVEL SECURITY").kind == AlterKind::force_row_security);
  CHECK(action("NO FORCE ROW LEVEL SECURITY").kind == AlterKind::no_force_row_security);
  CHECK(action("REPLICA IDENTITY FULL").kind == AlterKind::replica_identity);
  CHECK(action("REPLICA IDENTITY FULL").text == "FULL");
  CHECK(action("REPLICA IDENTITY NOTHING").text == "NOTHING");
  CHECK(action("REPLICA IDENTITY DEFAULT").text == "DEFAULT");
  CHECK(action("REPLICA IDENTITY USING INDEX i").text == "USING INDEX");
  CHECK(action("REPLICA IDENTITY USING INDEX i").name == "i");
  CHECK(action("OWNER TO CURRENT_USER").kind == AlterKind::owner);
  CHECK(action("OWNER TO CURRENT_USER").text == "CURRENT_USER");
  CHECK(action("OWNER TO joe").text == "joe");
  CHECK(action("SET (fillfactor = 70, x.y = 'z')").kind == AlterKind::set_options);
  CHECK(action("SET (fillfactor = 70, x.y = 'z')").text == "fillfactor = 70, x.y = 'z'");
  CHECK(action("RESET (fillfactor)").kind == AlterKind::reset_options);
  CHECK(action("OF s.t").kind == AlterKind::other);
  CHECK(action("ENABLE RULE r").kind == AlterKind::other);
}

TEST_CASE("sql::parse ALTER DOMAIN") {
  const std::string text = "ALTER DOMAIN s.d ADD CONSTRAINT c CHECK (VALUE < f(9)) NOT VALID";
  const auto add = parse_one(text);
  CHECK(add.kind == StatementKind::alter_domain);
  CHECK(join(add.names) == "s.d");
  CHECK(join(add.functions) == "f");
  REQUIRE(add.actions.size() == 1);
  CHECK(gauger::base::slice(text, add.actions[0].span) ==
        "ADD CONSTRAINT c CHECK (VALUE < f(9)) NOT VALID");
  CHECK(add.actions[0].kind == AlterKind::add_constraint);
  CHECK(add.actions[0].constraint->expression == "VALUE < f(9)");
  CHECK(add.actions[0].constraint->not_valid);
  const auto kind = [](const std::string& rest) {
    return parse_one("ALTER DOMAIN d " + rest).actions.at(0).kind;
  };
  CHECK(kind("SET DEFAULT 1") == AlterKind::set_default);
  CHECK(parse_one("ALTER DOMAIN d SET DEFAULT 1 + 2").actions.at(0).expression == "1 + 2");
  CHECK(kind("DROP DEFAULT") == AlterKind::drop_default);
  CHECK(kind("SET NOT NULL") == AlterKind::set_not_null);
  CHECK(kind("DROP NOT NULL") == AlterKind::drop_not_null);
  CHECK(kind("DROP CONSTRAINT IF EXISTS c CASCADE") == AlterKind::drop_constraint);
  CHECK(kind("VALIDATE CONSTRAINT c") == AlterKind::validate_constraint);
}

TEST_CASE("sql::parse ALTER TYPE of an enum") {
  const auto add = parse_one("ALTER TYPE s.e ADD VALUE IF NOT EXISTS 'x' BEFORE 'y'");
  CHECK(add.kind == StatementKind::alter_enum);
  CHECK(add.object == ObjectKind::enum_value);
  CHECK(join(add.names) == "s.e");
  CHECK(add.new_name == "x");
  CHECK(add.neighbour == "y");
  CHECK(add.before);
  CHECK(add.if_not_exists);
  CHECK_FALSE(parse_one("ALTER TYPE e ADD VALUE 'x' AFTER 'y'").before);
  CHECK(parse_one("ALTER TYPE e ADD VALUE 'x'").neighbour.empty());
  const auto rename = parse_one("ALTER TYPE e RENAME VALUE 'a' TO 'b'");
  CHECK(rename.kind == StatementKind::alter_enum);
  CHECK(rename.old_name == "a");
  CHECK(rename.new_name == "b");
}
