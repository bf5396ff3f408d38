// PostgreSQL's own regression tests, as libpg_query brings them: what libpg_query's parser takes,
// ours takes, and what its compiler of PL/pgSQL finds in a body, ours finds.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <pg_query.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "sql/plpgsql.hpp"
#include "sql/statement.hpp"

namespace {

using gauger::base::Json;
using gauger::sql::Statement;

// Without what psql alone understands.
std::string read_script(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string text;
  for (std::string line; std::getline(file, line);) {
    text += line.starts_with('\\') ? "" : line;
    text += '\n';
  }
  return text;
}

std::vector<std::string> split(const std::string& script) {
  std::vector<std::string> result;
  const PgQuerySplitResult list = pg_query_split_with_scanner(script.c_str());
  // Two scripts hold, on purpose, what no scanner takes.
  for (int i = 0; list.error == nullptr && i < list.n_stmts; ++i) {
    result.push_back(script.substr(static_cast<std::size_t>(list.stmts[i]->stmt_location),
                                   static_cast<std::size_t>(list.stmts[i]->stmt_len)));
  }
  pg_query_free_split_result(list);
  return result;
}

std::vector<std::string> corpus() {
  std::vector<std::string> result;
  for (const auto& entry : std::filesystem::directory_iterator(GAUGER_SQL_CORPUS)) {
    // Those in an encoding of Windows are not valid UTF-8.
    if (entry.path().filename() != "collate.windows.win1252.sql") {
      const auto statements = split(read_script(entry.path()));
      result.insert(result.end(), statements.begin(), statements.end());
    }
  }
  return result;
}

void check_statement(const std::string& text, const Statement& statement) {
  CHECK_MESSAGE(statement.span.begin < statement.span.end, text);
  CHECK_MESSAGE(statement.span.end <= text.size(), text);
  CHECK_MESSAGE(statement.tag.find('?') == std::string::npos, text);
  for (const auto& action : statement.actions) {
    CHECK_MESSAGE(statement.span.contains(action.span), text);
    CHECK_MESSAGE(!action.span.empty(), text);
  }
  for (const Statement& inner : statement.body) {
    check_statement(text, inner);
  }
}

std::string one_line(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  while (result.ends_with(' ')) {
    result.pop_back();
  }
  return result;
}

// The SQL statements (not the expressions) in libpg_query's JSON of a function.
void collect(const Json& node, std::multiset<std::string>& queries) {
  if (node.is_object() && node.contains("PLpgSQL_expr")) {
    const Json& expression = node["PLpgSQL_expr"];
    if (expression["parseMode"] == 0) {
      queries.insert(one_line(expression["query"].get<std::string>()));
    }
    return;
  }
  if (node.is_structured()) {
    for (const Json& child : node) {
      collect(child, queries);
    }
  }
}

// The text of the first dollar-quoted string: in the tests, the body.
std::string body_of(const std::string& text) {
  const std::size_t begin = text.find('$');
  const std::size_t end = begin == std::string::npos ? begin : text.find('$', begin + 1);
  if (end == std::string::npos) {
    return {};
  }
  const std::string tag = text.substr(begin, end + 1 - begin);
  const std::size_t close = text.find(tag, end + 1);
  return close == std::string::npos ? std::string() : text.substr(end + 1, close - end - 1);
}

std::multiset<std::string> queries_of(const std::string& body) {
  std::multiset<std::string> result;
  const auto pieces = gauger::sql::read_plpgsql(body);
  REQUIRE_MESSAGE(pieces.has_value(), body, pieces.error().message);
  for (const auto& piece : *pieces) {
    std::string text(gauger::base::slice(body, piece.span));
    if (piece.kind != gauger::sql::PieceKind::statement) {
      continue;
    }
    if (!piece.into.empty()) {
      text.replace(piece.into.begin - piece.span.begin, piece.into.size(), piece.into.size(), ' ');
    }
    if (piece.perform) {
      text.replace(0, 7, "SELECT ");
    }
    // To libpg_query these are statements of PL/pgSQL, without SQL.
    if (const std::string line = one_line(text);
        !line.starts_with("COMMIT") && !line.starts_with("ROLLBACK")) {
      result.insert(line);
    }
  }
  return result;
}

}  // namespace

TEST_CASE("sql::parse takes what PostgreSQL's grammar takes") {
  std::size_t parsed_count = 0;
  for (const std::string& text : corpus()) {
    const PgQueryParseResult theirs = pg_query_parse(text.c_str());
    const auto ours = gauger::sql::parse(text);
    if (theirs.error != nullptr) {
      CHECK_MESSAGE(!ours.has_value(), text);
    } else if (ours) {
      ++parsed_count;
      for (const Statement& statement : *ours) {
        check_statement(text, statement);
      }
    } else {
      // A body that does not parse, on purpose.
      CHECK_MESSAGE((text.find("LANGUAGE") != std::string::npos ||
                     text.find("language") != std::string::npos),
                    text, ours.error().message);
    }
    pg_query_free_parse_result(theirs);
  }
  CHECK(parsed_count > 40'000);
}

TEST_CASE("sql::read_plpgsql finds the statements that PostgreSQL's compiler finds") {
  std::size_t bodies = 0;
  for (const std::string& text : corpus()) {
    if (text.find("plpgsql") == std::string::npos && text.find("DO $") == std::string::npos) {
      continue;
    }
    const PgQueryPlpgsqlParseResult theirs = pg_query_parse_plpgsql(text.c_str());
    const std::string body = body_of(text);
    if (theirs.error == nullptr && !body.empty()) {
      const Json functions = Json::parse(theirs.plpgsql_funcs, nullptr, false);
      if (functions.is_array() && functions.size() == 1 &&
          functions[0]["PLpgSQL_function"].contains("action")) {
        std::multiset<std::string> queries;
        collect(functions[0], queries);
        CHECK_MESSAGE(queries_of(body) == queries, text);
        ++bodies;
      }
    }
    pg_query_free_plpgsql_parse_result(theirs);
  }
  CHECK(bodies > 300);
}
