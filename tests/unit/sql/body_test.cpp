#include <string>

#include <doctest/doctest.h>

#include "unit/sql/make.hpp"

using gauger::sql::ObjectKind;
using gauger::sql::Statement;
using gauger::sql::StatementKind;
using gauger::tests::body;
using gauger::tests::join;
using gauger::tests::parse_error;
using gauger::tests::parse_one;

namespace {

struct Block {
  std::string text;
  Statement statement;
  std::string body;
};

// BEGIN … END of a DO block.
Block block(const std::string& statements) {
  Block result{.text = "DO $do$\n" + statements + "\n$do$"};
  result.statement = parse_one(result.text);
  result.body = body(result.text, result.statement);
  return result;
}

}  // namespace

TEST_CASE("sql::parse DO: static statements, with exact spans") {
  const auto plain = block("BEGIN ALTER TABLE t ADD a int; /* ; */ DROP TABLE u -- last\n ; END");
  CHECK(plain.statement.kind == StatementKind::do_);
  CHECK(plain.statement.tag == "DO");
  CHECK(plain.body == "ALTER TABLE t ADD a int; DROP TABLE u");
  CHECK_FALSE(plain.statement.body_opaque);
  CHECK(plain.statement.body.at(0).actions.at(0).name == "a");
  CHECK(gauger::base::slice(plain.text, plain.statement.body[0].actions[0].span) == "ADD a int");
  CHECK(block("<<outer>> DECLARE a int; BEGIN COMMIT; CALL p(); END outer;").body ==
        "COMMIT; CALL p()");
}

TEST_CASE("sql::parse DO: what is conditional") {
  CHECK(block("BEGIN IF f(1) THEN DROP TABLE a; ELSIF x THEN DROP TABLE b; ELSE DROP TABLE c;"
              " END IF; DROP TABLE d; END")
            .body == "?DROP TABLE a; ?DROP TABLE b; ?DROP TABLE c; DROP TABLE d");
  CHECK(block("BEGIN CASE x WHEN 1, 2 THEN DROP TABLE a; ELSE DROP TABLE b; END CASE; END").body ==
        "?DROP TABLE a; ?DROP TABLE b");
  CHECK(block("BEGIN CASE WHEN x THEN DROP TABLE a; END CASE; END").body == "?DROP TABLE a");
  CHECK(block("BEGIN LOOP DROP TABLE a; EXIT WHEN f(1); END LOOP; END").body == "?DROP TABLE a");
  CHECK(block("BEGIN WHILE f(1) LOOP DROP TABLE a; CONTINUE; END LOOP; END").body ==
        "?DROP TABLE a");
  CHECK(block("BEGIN FOR i IN REVERSE 10..f(1) BY 2 LOOP DROP TABLE a; END LOOP; END").body ==
        "?DROP TABLE a");
  CHECK(block("BEGIN FOREACH x SLICE 1 IN ARRAY f(1) LOOP DROP TABLE a; END LOOP; END").body ==
        "?DROP TABLE a");
  CHECK(block("BEGIN DROP TABLE a; BEGIN DROP TABLE b; EXCEPTION WHEN undefined_table OR others"
              " THEN DROP TABLE c; WHEN SQLSTATE '42P01' THEN DROP TABLE d; END; DROP TABLE e; END")
            .body == "DROP TABLE a; DROP TABLE b; ?DROP TABLE c; ?DROP TABLE d; DROP TABLE e");
  CHECK(block("BEGIN IF x THEN RETURN; END IF; DROP TABLE a; END").body == "?DROP TABLE a");
  CHECK(block("BEGIN DROP TABLE a; RETURN; END").body == "DROP TABLE a");
}

TEST_CASE("sql::parse DO: the query of a loop is as unconditional as the loop") {
  const auto loop = block(
      "DECLARE r record; BEGIN FOR r IN SELECT * FROM t LOOP PERFORM f(r.a);"
      " END LOOP; END");
  CHECK(loop.body == "SELECT * FROM t; ?PERFORM f(r.a)");
  CHECK(join(loop.statement.body.at(0).reads) == "t");
  CHECK(join(loop.statement.body.at(1).functions) == "f");
  CHECK(loop.statement.body.at(1).kind == StatementKind::select);
  const auto cursor = block(
      "DECLARE c NO SCROLL CURSOR (x int) FOR SELECT * FROM t; BEGIN"
      " FOR r IN c(f(1)) LOOP NULL; END LOOP; OPEN c(x := g(1)); CLOSE c; END");
  CHECK(cursor.body == "SELECT * FROM t");
  CHECK(join(cursor.statement.functions) == "f g");
  CHECK(block("BEGIN OPEN c FOR SELECT * FROM t; MOVE c; FETCH c INTO r; END").body ==
        "SELECT * FROM t");
}

TEST_CASE("sql::parse DO: INTO is no SQL") {
  const auto into = block(
      "DECLARE a s.t%ROWTYPE; BEGIN SELECT b INTO STRICT a.b, c FROM t;"
      " INSERT INTO u (x) VALUES (1) RETURNING y INTO z; END");
  CHECK(into.statement.body.at(0).kind == StatementKind::select);
  CHECK(join(into.statement.body.at(0).reads) == "t");
  CHECK(into.statement.body.at(1).kind == StatementKind::insert);
  CHECK(join(into.statement.body.at(1).table) == "u");
  CHECK(into.body.starts_with("SELECT b INTO STRICT a.b, c FROM t; INSERT INTO u"));
}

TEST_CASE("sql::parse DO: EXECUTE") {
  const auto known = block("BEGIN EXECUTE 'ALTER TABLE t ADD a int; DROP TABLE u'; END");
  CHECK_FALSE(known.statement.body_opaque);
  CHECK(known.body == "ALTER TABLE t ADD a int; DROP TABLE u");
  const auto joined =
      block("BEGIN EXECUTE $q$DROP $q$ || 'TABLE ' || E't' INTO x USING 1, f(2); END");
  CHECK_FALSE(joined.statement.body_opaque);
  CHECK(joined.statement.body.at(0).kind == StatementKind::drop);
  CHECK(joined.body == "$q$DROP $q$ || 'TABLE ' || E't'");
  CHECK(join(joined.statement.functions) == "f");

  const auto dynamic = block("BEGIN EXECUTE format('DROP TABLE %I', x) USING 1 INTO y; END");
  CHECK(dynamic.statement.body_opaque);
  CHECK(dynamic.statement.body.empty());
  CHECK(join(dynamic.statement.functions) == "format");
  CHECK(block("BEGIN EXECUTE 'not SQL'; END").statement.body_opaque);
  CHECK(block("BEGIN FOR r IN EXECUTE q USING 1 LOOP NULL; END LOOP; END").statement.body_opaque);
  CHECK(block("BEGIN FOR r IN EXECUTE 'TABLE t' LOOP NULL; END LOOP; END").body == "TABLE t");
  CHECK(block("BEGIN OPEN c FOR EXECUTE q USING 1; END").statement.body_opaque);
  CHECK(block("BEGIN IF x THEN EXECUTE 'DROP TABLE t'; END IF; END").body == "?DROP TABLE t");
}

TEST_CASE("sql::parse DO: conditions and assignments read and call, too") {
  const auto expressions = block(
      "DECLARE a int := f(1); b s.e = 'x'; c CONSTANT int NOT NULL DEFAULT 5; d ALIAS FOR a;"
      " BEGIN IF EXISTS (SELECT 1 FROM pg_class) THEN NULL; END IF; a := (SELECT max(x) FROM t);"
      " b.c[1].d = g(1); RAISE NOTICE '% %', h(1), 2 USING hint = i(1), errcode := 'x';"
      " RAISE unique_violation; RAISE; ASSERT j(1), 'm' || k(1); GET DIAGNOSTICS a = ROW_COUNT;"
      " EXIT lbl WHEN l(1); END");
  CHECK(join(expressions.statement.reads) == "pg_class t");
  CHECK(join(expressions.statement.functions) == "f max g h i j k l");
  CHECK(expressions.statement.body.empty());
}

TEST_CASE("sql::parse DO: in other languages, in each other, in strings") {
  CHECK(parse_one("DO LANGUAGE plpython3u 'x'").body_opaque);
  CHECK(block("BEGIN DO $in$ BEGIN DROP TABLE t; END $in$; END")
            .statement.body.at(0)
            .body.at(0)
            .kind == StatementKind::drop);
  CHECK(block("BEGIN IF x THEN DO 'BEGIN DROP TABLE t; END'; END IF; END")
            .statement.body.at(0)
            .body.at(0)
            .conditional);
  std::string nested = "DROP TABLE t";
  for (int depth = 0; depth < 12; ++depth) {
    const std::string tag = "$t" + std::to_string(depth) + "$";
    nested.insert(0, "DO " + tag + " BEGIN ").append("; END ").append(tag);
  }
  Statement innermost = parse_one(nested);
  int depth = 0;
  while (!innermost.body.empty()) {
    Statement next = innermost.body.front();
    innermost = std::move(next);
    ++depth;
  }
  CHECK(innermost.body_opaque);
  CHECK(depth == 8);

  // Where quotes are doubled, no offset inside of the string is that of the statement.
  const std::string doubled = "DO 'BEGIN INSERT INTO t VALUES (''a''); END'";
  const auto statement = parse_one(doubled);
  CHECK(body(doubled, statement) == "'BEGIN INSERT INTO t VALUES (''a''); END'");
  CHECK(statement.body.at(0).kind == StatementKind::insert);
  const std::string plain = "DO E'BEGIN DROP TABLE t; END' LANGUAGE plpgsql";
  CHECK(body(plain, parse_one(plain)) == "DROP TABLE t");
}

TEST_CASE("sql::parse CREATE FUNCTION") {
  const std::string text =
      "CREATE OR REPLACE FUNCTION s.f(a s.t, b int DEFAULT g(1)) RETURNS SETOF s.t LANGUAGE plpgsql"
      " AS $$ BEGIN NEW.x := 1; a.b := 2; INSERT INTO t VALUES (1); RETURN QUERY SELECT * FROM u;"
      " RETURN NEXT h(1); RETURN QUERY EXECUTE q USING 1; END $$";
  const auto function = parse_one(text);
  CHECK(function.kind == StatementKind::create_function);
  CHECK(function.object == ObjectKind::function);
  CHECK(join(function.names) == "s.f");
  CHECK(function.or_replace);
  CHECK(body(text, function) == "INSERT INTO t VALUES (1); SELECT * FROM u");
  CHECK(function.body_opaque);
  CHECK(join(function.functions) == "g h");

  const std::string sql =
      "CREATE FUNCTION f() RETURNS int LANGUAGE 'SQL' AS 'INSERT INTO t VALUES (1); SELECT g(1)'";
  CHECK(body(sql, parse_one(sql)) == "INSERT INTO t VALUES (1); SELECT g(1)");
  const std::string atomic =
      "CREATE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (CASE WHEN x THEN 1 END);"
      " DELETE FROM u; END";
  CHECK(parse_one(atomic).object == ObjectKind::procedure);
  CHECK(body(atomic, parse_one(atomic)) ==
        "INSERT INTO t VALUES (CASE WHEN x THEN 1 END); DELETE FROM u");
  const auto returns = parse_one("CREATE FUNCTION f(a int) RETURNS int RETURN a + g(1)");
  CHECK(join(returns.functions) == "g");
  CHECK_FALSE(returns.body_opaque);
  CHECK(parse_one("CREATE FUNCTION f() RETURNS int LANGUAGE C AS 'lib', 'sym'").body_opaque);
  CHECK(parse_one("CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS 'x'").body_opaque);
}

TEST_CASE("sql::parse a function in a DO block") {
  const auto nested = block(
      "BEGIN CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a"
      " THEN 2 END; END; CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS $f$ BEGIN DROP TABLE"
      " t; END $f$; END");
  REQUIRE(nested.statement.body.size() == 2);
  CHECK(body(nested.text, nested.statement.body[0]) == "SELECT 1; SELECT CASE WHEN a THEN 2 END");
  CHECK(body(nested.text, nested.statement.body[1]) == "DROP TABLE t");
}

TEST_CASE("sql::parse bodies that do not parse: the place is in the body") {
  CHECK(parse_error("DO $$\nBEGIN\n  ALTER TABEL t;\nEND $$") ==
        "3:9: syntax error at or near \"TABEL\"");
  CHECK(parse_error("SELECT 1;\nDO $$ BEGIN IF a THEN b := ; END IF; END $$") ==
        "2:28: syntax error at or near \";\"");
  CHECK(parse_error("DO $$ BEGIN IF a THAN DROP TABLE t; END IF; END $$") ==
        "1:49: syntax error at end of the PL/pgSQL");
  CHECK(parse_error("DO $$ BEGIN x := a +; END $$") == "1:21: syntax error at end of input");
  CHECK(parse_error("DO $$ BEGIN DROP TABLE t END $$") ==
        "1:30: syntax error at end of the PL/pgSQL");
  CHECK(parse_error("DO $$ BEGIN END LOOP; $$") == "1:17: syntax error at or near \"LOOP\"");
  CHECK(parse_error("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1 FORM t'") ==
        "1:64: syntax error at or near \"t\"");
  CHECK(parse_error("DO 'BEGIN x := ''a; END'") ==
        "1:4: unterminated quoted string at or near \"'a; END\"");
  CHECK(parse_error("SELECT 'ä';\nDO $$BEGIN x := 'ä' || 'a; END$$") ==
        "2:24: unterminated quoted string at or near \"'a; END\"");
}

TEST_CASE("sql::parse DO keeps what the handlers around a statement catch") {
  const auto made = block(R"(
    BEGIN
      DROP TABLE a;
      BEGIN
        DROP TABLE b;
      EXCEPTION
        WHEN Undefined_Table OR SQLSTATE '42P01' THEN NULL;
        WHEN lock_not_available THEN RAISE;
        WHEN data_exception THEN RAISE EXCEPTION 'no';
      END;
    EXCEPTION WHEN OTHERS THEN
      RAISE NOTICE 'gone';
      DROP TABLE c;
    END)");
  REQUIRE(made.statement.body.size() == 3);
  CHECK(join(made.statement.body[0].handled) == "others");
  CHECK(join(made.statement.body[1].handled) == "undefined_table, sqlstate '42p01', others");
  CHECK(made.statement.body[2].handled.empty());
}
