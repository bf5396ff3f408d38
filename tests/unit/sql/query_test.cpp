#include <string>

#include <doctest/doctest.h>

#include "unit/sql/make.hpp"

using gauger::sql::StatementKind;
using gauger::tests::body;
using gauger::tests::join;
using gauger::tests::parse_one;

TEST_CASE("sql::parse INSERT, UPDATE, DELETE, MERGE") {
  const auto insert = parse_one(
      "INSERT INTO s.t AS x (a, \"B\") SELECT f(a) FROM u, s.t"
      " ON CONFLICT (a) WHERE g(a) DO UPDATE SET c = h(1) WHERE x.a > 1 RETURNING i(b)");
  CHECK(insert.kind == StatementKind::insert);
  CHECK(join(insert.table) == "s.t");
  CHECK(join(insert.names) == "s.t");
  CHECK(join(insert.assigned) == "a, B");
  CHECK(insert.on_conflict);
  CHECK(join(insert.reads) == "u");
  CHECK(join(insert.functions) == "f g h i");
  CHECK(insert.predicate.empty());
  CHECK_FALSE(parse_one("INSERT INTO t DEFAULT VALUES").on_conflict);

  const auto update = parse_one(
      "UPDATE ONLY s.t x SET a = f(1), (b, c) = (SELECT 1, 2 FROM u WHERE z) FROM v"
      " WHERE x.a IN (SELECT a FROM w WHERE q) AND d RETURNING *");
  CHECK(update.kind == StatementKind::update);
  CHECK(update.only);
  CHECK(join(update.table) == "s.t");
  CHECK(join(update.assigned) == "a, b, c");
  CHECK(update.predicate == "x.a IN (SELECT a FROM w WHERE q) AND d");
  CHECK(join(update.reads) == "u w v");
  CHECK(join(update.functions) == "f");
  CHECK(parse_one("UPDATE t SET a = 1").predicate.empty());

  const auto remove = parse_one("DELETE FROM s.t USING u WHERE t.a = u.a -- all");
  CHECK(remove.kind == StatementKind::delete_);
  CHECK(join(remove.table) == "s.t");
  CHECK(remove.predicate == "t.a = u.a");
  CHECK(join(remove.reads) == "u");
  CHECK(parse_one("DELETE FROM t WHERE CURRENT OF c").predicate == "CURRENT OF c");

  const auto merge = parse_one(
      "MERGE INTO s.t USING (SELECT * FROM u) v ON t.a = v.a"
      " WHEN MATCHED THEN UPDATE SET b = f(1) WHEN NOT MATCHED THEN INSERT (a, b) VALUES (1, 2)");
  CHECK(merge.kind == StatementKind::merge);
  CHECK(join(merge.table) == "s.t");
  CHECK(join(merge.assigned) == "b, a");
  CHECK(join(merge.reads) == "u");
  CHECK(join(merge.functions) == "f");
}

TEST_CASE("sql::parse SELECT: reads and functions") {
  const auto select = parse_one(
      "SELECT now(), \"F\"(a), s.g(1), count(*) FILTER (WHERE h(x)) OVER (ORDER BY i(y)),"
      " extract(year FROM a), pg_catalog.lower(b), CURRENT_TIMESTAMP, localtime, now(),"
      " CASE WHEN j(1) THEN 1 END, ARRAY[k(1)], (l(1)).m, coalesce(n(1), 2)"
      " FROM ONLY a.t x JOIN u ON o(1) LEFT JOIN LATERAL p(x.a) q ON true, t, a.t"
      " WHERE EXISTS (SELECT 1 FROM v) GROUP BY r(a) HAVING s(b) ORDER BY t(c) LIMIT w(1)"
      " FOR UPDATE OF x");
  CHECK(select.kind == StatementKind::select);
  CHECK(join(select.reads) == "a.t u t v");
  CHECK(join(select.functions) ==
        "now F s.g count h i extract pg_catalog.lower current_timestamp localtime j k l n o p r s"
        " t w");
  CHECK(select.names.empty());
  CHECK(parse_one("VALUES (f(1)), (2)").kind == StatementKind::select);
  CHECK(join(parse_one("TABLE s.t").reads) == "s.t");
  CHECK(join(parse_one("SELECT 1 FROM a UNION SELECT 2 FROM b EXCEPT SELECT 3 FROM c").reads) ==
        "a b c");
  CHECK(join(parse_one("SELECT * FROM a TABLESAMPLE system (f(1)), ROWS FROM (g(1), h(2))")
                 .functions) == "f g h");
}

TEST_CASE("sql::parse WITH: its names are no tables, each where it can be seen") {
  CHECK(join(parse_one("WITH a AS (SELECT * FROM t), b AS (SELECT * FROM a) SELECT * FROM b, s.a")
                 .reads) == "t s.a");
  // Not recursive: the first does not see itself, nor what comes after it.
  CHECK(join(parse_one("WITH a AS (SELECT * FROM a, b), b AS (SELECT 1) SELECT * FROM a").reads) ==
        "a b");
  CHECK(join(parse_one("WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT 1) SELECT 1").reads)
            .empty());
  // Seen inside of the statement it belongs to only.
  CHECK(join(parse_one("SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a) x, a").reads) == "a");
  CHECK(
      join(parse_one("WITH a AS (SELECT 1) SELECT (SELECT b FROM a), (WITH c AS (TABLE a) TABLE c)")
               .reads)
          .empty());
}

TEST_CASE("sql::parse WITH that writes") {
  const std::string text =
      "WITH gone AS MATERIALIZED (DELETE FROM s.t WHERE a < f(1) RETURNING *),"
      " kept (x) AS (UPDATE u SET b = 1 FROM gone RETURNING *)"
      " INSERT INTO v SELECT * FROM gone JOIN w USING (a)";
  const auto insert = parse_one(text);
  CHECK(insert.kind == StatementKind::insert);
  CHECK(join(insert.reads) == "w");
  CHECK(insert.functions.empty());
  CHECK(body(text, insert) ==
        "DELETE FROM s.t WHERE a < f(1) RETURNING *; UPDATE u SET b = 1 FROM gone RETURNING *");
  CHECK(insert.body.at(0).kind == StatementKind::delete_);
  CHECK(insert.body.at(0).tag == "DELETE");
  CHECK(join(insert.body.at(0).table) == "s.t");
  CHECK(insert.body.at(0).predicate == "a < f(1)");
  CHECK(join(insert.body.at(0).functions) == "f");
  CHECK(join(insert.body.at(1).assigned) == "b");
  CHECK(insert.body.at(1).reads.empty());
  const auto select = parse_one("WITH x AS (INSERT INTO t (a) VALUES (1) RETURNING a) TABLE x");
  CHECK(select.reads.empty());
  CHECK(join(select.body.at(0).assigned) == "a");
}

TEST_CASE("sql::parse EXPLAIN, COPY, PREPARE, CALL") {
  const std::string analyze = "EXPLAIN (ANALYZE, BUFFERS off) DELETE FROM t WHERE a";
  CHECK(parse_one(analyze).kind == StatementKind::explain);
  CHECK(body(analyze, parse_one(analyze)) == "DELETE FROM t WHERE a");
  CHECK(body("EXPLAIN ANALYZE VERBOSE TABLE t", parse_one("EXPLAIN ANALYZE VERBOSE TABLE t")) ==
        "TABLE t");
  CHECK(parse_one("EXPLAIN DELETE FROM t USING u").body.empty());
  CHECK(join(parse_one("EXPLAIN DELETE FROM t USING u").reads) == "t u");
  CHECK(parse_one("EXPLAIN (ANALYZE false) DELETE FROM t").body.empty());

  const auto from = parse_one("COPY s.t (a, b) FROM STDIN WHERE f(a)");
  CHECK(from.kind == StatementKind::copy);
  CHECK(join(from.table) == "s.t");
  CHECK(join(from.assigned) == "a, b");
  CHECK(join(from.functions) == "f");
  const auto to = parse_one("COPY s.t (a) TO STDOUT");
  CHECK(to.table.name.empty());
  CHECK(join(to.names) == "s.t");
  CHECK(join(to.reads) == "s.t");
  CHECK(join(parse_one("COPY (SELECT f(1) FROM u) TO STDOUT").reads) == "u");
  const std::string writes = "COPY (DELETE FROM t RETURNING a) TO STDOUT";
  CHECK(body(writes, parse_one(writes)) == "DELETE FROM t RETURNING a");

  CHECK(join(parse_one("PREPARE p AS SELECT f(1) FROM t").reads) == "t");
  CHECK(join(parse_one("DECLARE c CURSOR FOR SELECT f(1) FROM t").functions) == "f");
  const auto call = parse_one("CALL s.p(f(1))");
  CHECK(call.kind == StatementKind::call);
  CHECK(join(call.names) == "s.p");
  CHECK(join(call.functions) == "s.p f");
}

TEST_CASE("sql::parse tells an INSERT of a query, and set_config()") {
  CHECK(parse_one("INSERT INTO t SELECT 1").from_query);
  CHECK_FALSE(parse_one("INSERT INTO t VALUES (1), (2)").from_query);
  CHECK_FALSE(parse_one("INSERT INTO t DEFAULT VALUES").from_query);
  const auto config = parse_one("SELECT set_config('a.b', 'c', true)");
  CHECK(join(config.assigned) == "a.b");
  CHECK(join(config.values) == "c");
  CHECK(config.local);
  CHECK(parse_one("SELECT set_config('a', 'b', true) FROM t, u").assigned.size() == 1);
  CHECK(parse_one("SELECT current_setting('a')").assigned.empty());
  CHECK(parse_one("SELECT 1, set_config('a', 'b', true)").assigned.empty());
  CHECK(parse_one("UPDATE t AS x SET a = 1").alias == "x");
  CHECK(parse_one("DELETE FROM t").alias.empty());
}

TEST_CASE("sql::parse finds the strings that become values") {
  const auto constants = [](std::string_view text) {
    std::string found;
    for (const gauger::sql::Constant& each : parse_one(text).constants) {
      found += (found.empty() ? "" : " ") + each.text + ":" +
               (!each.type.empty() ? each.type
                : each.position    ? join(each.table) + "#" + std::to_string(*each.position)
                                   : join(each.table) + "." + each.column);
    }
    return found;
  };
  CHECK(constants("INSERT INTO t VALUES ('a', 1), ('b', lower('c'))") == "a:t#0 b:t#0");
  CHECK(constants("INSERT INTO s.t (x, y) SELECT z, 'a' FROM u") == "a:s.t.y");
  CHECK(constants("INSERT INTO t (x) SELECT 'a' UNION SELECT 'b'").empty());
  CHECK(constants("INSERT INTO t (x) VALUES (1) ON CONFLICT (x) DO UPDATE SET y = 'a'") == "a:t.y");
  CHECK(constants("UPDATE t SET x = 'a', (y, z) = ('b', 1) WHERE w = 'c'") == "a:t.x b:t.y c:t.w");
  CHECK(constants(
            "MERGE INTO t USING u ON t.i = u.i WHEN NOT MATCHED THEN INSERT (x) VALUES ('a')") ==
        "a:t.x");
  CHECK(constants("DELETE FROM t WHERE x IN ('a', 'b') OR 'c' <> y OR x IS DISTINCT FROM 'd'") ==
        "a:t.x b:t.x c:t.y d:t.x");
  CHECK(constants("SELECT 'a'::s.mood, 'b'::mood[], CAST('c' AS mood)") == "a:s.mood c:mood");
  // Of which table a column is, where it can be told.
  CHECK(constants("SELECT 1 FROM t a JOIN u ON a.i = u.i WHERE a.x = 'a' AND u.y = 'b'") ==
        "a:t.x b:u.y");
  CHECK(constants("SELECT 1 FROM t, u WHERE x = 'a'").empty());
  CHECK(constants("WITH t AS (SELECT 'b' AS x) SELECT 1 FROM t WHERE x = 'a'").empty());
  CHECK(constants("SELECT 1 FROM (SELECT 'b' AS x) s WHERE x = 'a'").empty());
  CHECK(constants("SELECT 1 FROM t WHERE x || 'a' LIKE 'b'").empty());
}
