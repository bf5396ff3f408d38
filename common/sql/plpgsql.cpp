#include "sql/plpgsql.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/token_cursor.hpp"

namespace gauger::sql {
namespace {

// Of blocks, loops and branches; PostgreSQL's own parser ends at some 2000.
constexpr int max_blocks = 500;
// That are kept of the handlers around a piece.
constexpr std::size_t max_conditions = 32;

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

class PlpgsqlReader {
 public:
  explicit PlpgsqlReader(const std::string& text) : cursor_(text) {}

  Parsed<std::vector<Piece>> read();

 private:
  // Each reads its construct and goes past it. False: it failed, and the cursor knows why.
  bool block();
  bool declarations();
  bool declaration();
  bool cursor_declaration();
  bool statements(int condition);
  bool statement();
  // Of a block whose pieces begin at `first`.
  bool handlers(std::size_t first);
  bool if_statement();
  bool case_statement();
  bool loop_body();
  bool while_loop();
  bool for_loop();
  bool foreach_loop();
  bool exit_statement();
  bool return_statement();
  bool raise_statement();
  bool assert_statement();
  bool execute_statement();
  bool open_statement();
  bool perform_statement();
  bool sql_statement();
  bool simple_statement();
  bool assignment();
  bool label();
  bool end() { return cursor_.expect_symbol(";"); }

  // Adds what stands before the first of `ends`, which must be there, and goes to that. To have
  // nothing before it is an error.
  bool piece(PieceKind kind, std::initializer_list<std::string_view> ends);
  bool expression(std::initializer_list<std::string_view> ends) {
    return piece(PieceKind::expression, ends);
  }
  bool query(std::initializer_list<std::string_view> ends) {
    return piece(PieceKind::statement, ends);
  }
  // Between commas. The first of `ends` must be one.
  bool expressions(std::initializer_list<std::string_view> ends);
  // EXECUTE expression [USING expression, …], from after EXECUTE.
  bool execute(std::string_view end);
  // The arguments of a cursor, if there are any: ([name :=] expression, …)
  bool arguments();
  void add(PieceKind kind, std::size_t end);
  // After INTO: [STRICT] name.name, …
  void skip_targets();

  TokenCursor cursor_;
  int nesting_ = 0;
  int conditions_ = 0;  // branches, loops and handlers around
  bool may_have_returned_ = false;
  bool raises_ = false;  // a RAISE of an error was read
  std::vector<Piece> pieces_;
};

void PlpgsqlReader::add(PieceKind kind, std::size_t end) {
  pieces_.push_back({.kind = kind,
                     .span = cursor_.tokens().span(cursor_.next(), end),
                     .conditional = conditions_ > 0 || may_have_returned_});
  cursor_.go_to(end);
}

bool PlpgsqlReader::piece(PieceKind kind, std::initializer_list<std::string_view> ends) {
  const std::size_t end = cursor_.find(ends);
  if (end == cursor_.next() || end >= cursor_.tokens().size()) {
    cursor_.go_to(end);
    return cursor_.fail();
  }
  add(kind, end);
  return true;
}

bool PlpgsqlReader::expressions(std::initializer_list<std::string_view> ends) {
  do {
    if (!expression(ends)) {
      return false;
    }
  } while (cursor_.accept_symbol(","));
  return true;
}

bool PlpgsqlReader::execute(std::string_view end) {
  return piece(PieceKind::execute, {"using", end}) &&
         (!cursor_.accept("using") || expressions({",", end}));
}

bool PlpgsqlReader::arguments() {
  if (!cursor_.accept_symbol("(")) {
    return true;
  }
  const Tokens& tokens = cursor_.tokens();
  do {
    if (tokens.is_symbol(cursor_.next() + 1, ":=") || tokens.is_symbol(cursor_.next() + 1, "=>")) {
      cursor_.advance(2);
    }
    if (!expression({",", ")"})) {
      return false;
    }
  } while (cursor_.accept_symbol(","));
  return cursor_.expect_symbol(")");
}

Parsed<std::vector<Piece>> PlpgsqlReader::read() {
  // #variable_conflict and its like come first. The scanner makes of "#" an operator.
  while (cursor_.is_symbol("#")) {
    cursor_.advance(3);
  }
  if (label() && block()) {
    cursor_.accept_symbol(";");
    if (cursor_.at_end()) {
      return std::move(pieces_);
    }
    cursor_.fail();
  }
  return tl::unexpected(cursor_.failure());
}

// <<name>>
bool PlpgsqlReader::label() {
  if (!cursor_.accept_symbol("<<")) {
    return true;
  }
  cursor_.advance();
  return cursor_.expect_symbol(">>");
}

// [DECLARE …] BEGIN statements [EXCEPTION WHEN …] END [label]
bool PlpgsqlReader::block() {
  if (cursor_.is("declare") && !declarations()) {
    return false;
  }
  const std::size_t first = pieces_.size();
  if (!cursor_.expect("begin") || !statements(0)) {
    return false;
  }
  if (cursor_.accept("exception") && !handlers(first)) {
    return false;
  }
  if (!cursor_.expect("end")) {
    return false;
  }
  cursor_.advance(cursor_.is_name() ? 1 : 0);
  return true;
}

bool PlpgsqlReader::declarations() {
  while (!cursor_.at_end() && !cursor_.is("begin")) {
    if (!cursor_.accept("declare") && !declaration()) {
      return false;
    }
  }
  return true;
}

// name ALIAS FOR name; name [CONSTANT] type [COLLATE c] [NOT NULL] [:= expression]; or a cursor
bool PlpgsqlReader::declaration() {
  if (!cursor_.is_name()) {
    return cursor_.fail();
  }
  cursor_.advance();
  if (cursor_.is("cursor") || cursor_.is("scroll") || cursor_.is("no")) {
    if (const std::size_t word = cursor_.find({"cursor", ";"});
        cursor_.tokens().is_word(word, "cursor")) {
      cursor_.go_to(word + 1);
      return cursor_declaration();
    }
  }
  cursor_.go_to(cursor_.find({";", ":=", "=", "default"}));
  if (!cursor_.at_end() && !cursor_.is_symbol(";")) {
    cursor_.advance();
    return expression({";"}) && end();
  }
  return end();
}

// [(parameters)] FOR query, from after CURSOR
bool PlpgsqlReader::cursor_declaration() {
  if (cursor_.is_symbol("(")) {
    cursor_.go_to(cursor_.tokens().skip(cursor_.next(), cursor_.tokens().size()));
  }
  return (cursor_.accept("is") || cursor_.expect("for")) && query({";"}) && end();
}

// Up to a word that ends a list of statements. `condition` is 1 for a branch, the body of a loop
// or a handler.
bool PlpgsqlReader::statements(int condition) {
  if (++nesting_ > max_blocks) {
    return cursor_.fail("the PL/pgSQL is nested too deeply");
  }
  conditions_ += condition;
  while (!cursor_.at_end() && !cursor_.is("end") && !cursor_.is("exception") &&
         !cursor_.is("else") && !cursor_.is("elsif") && !cursor_.is("elseif") &&
         !cursor_.is("when")) {
    if (!statement()) {
      return false;
    }
  }
  conditions_ -= condition;
  --nesting_;
  return true;
}

bool PlpgsqlReader::handlers(std::size_t first) {
  const std::size_t end = pieces_.size();
  std::vector<std::string> handled;
  bool raised = raises_;
  while (cursor_.accept("when")) {
    std::vector<std::string> conditions;
    const std::size_t then = cursor_.find({"then"});
    while (cursor_.next() < then) {
      const std::size_t or_word = std::min(cursor_.find({"or", "then"}), then);
      conditions.push_back(lower(cursor_.tokens().slice(cursor_.next(), or_word)));
      cursor_.go_to(std::min(or_word + 1, then));
    }
    raises_ = false;
    if (!cursor_.expect("then") || !statements(1)) {
      return false;
    }
    if (!raises_) {
      std::move(conditions.begin(), conditions.end(), std::back_inserter(handled));
    }
    raised = raised || raises_;
  }
  raises_ = raised;
  if (!handled.empty() && handled.size() <= max_conditions) {
    for (std::size_t i = first; i < end; ++i) {
      std::vector<std::string>& known = pieces_[i].handled;
      if (known.size() < max_conditions) {
        known.insert(known.end(), handled.begin(), handled.end());
      }
    }
  }
  return true;
}

bool PlpgsqlReader::statement() {
  struct Construct {
    std::string_view word;
    bool (PlpgsqlReader::*read)();
  };
  static constexpr std::array<Construct, 19> constructs{{
      {"if", &PlpgsqlReader::if_statement},
      {"case", &PlpgsqlReader::case_statement},
      {"loop", &PlpgsqlReader::loop_body},
      {"while", &PlpgsqlReader::while_loop},
      {"for", &PlpgsqlReader::for_loop},
      {"foreach", &PlpgsqlReader::foreach_loop},
      {"exit", &PlpgsqlReader::exit_statement},
      {"continue", &PlpgsqlReader::exit_statement},
      {"return", &PlpgsqlReader::return_statement},
      {"raise", &PlpgsqlReader::raise_statement},
      {"assert", &PlpgsqlReader::assert_statement},
      {"execute", &PlpgsqlReader::execute_statement},
      {"open", &PlpgsqlReader::open_statement},
      {"perform", &PlpgsqlReader::perform_statement},
      {"get", &PlpgsqlReader::simple_statement},
      {"fetch", &PlpgsqlReader::simple_statement},
      {"move", &PlpgsqlReader::simple_statement},
      {"close", &PlpgsqlReader::simple_statement},
      {"null", &PlpgsqlReader::simple_statement},
  }};
  if (!label()) {
    return false;
  }
  if (cursor_.is("declare") || cursor_.is("begin")) {
    return block() && end();
  }
  if (assignment()) {
    return expression({";"}) && end();
  }
  for (const Construct& construct : constructs) {
    if (cursor_.is(construct.word)) {
      cursor_.advance(construct.word == "loop" || construct.word == "perform" ? 0 : 1);
      return (this->*construct.read)();
    }
  }
  return sql_statement();
}

// name.name[subscript] := or =, and goes past it; else goes nowhere.
bool PlpgsqlReader::assignment() {
  const Tokens& tokens = cursor_.tokens();
  std::size_t index = cursor_.next();
  if (!cursor_.is_name()) {
    return false;
  }
  ++index;
  while (tokens.is_symbol(index, ".") || tokens.is_symbol(index, "[")) {
    index = tokens.is_symbol(index, ".") ? index + 2 : tokens.skip(index, tokens.size());
  }
  if (!tokens.is_symbol(index, ":=") && !tokens.is_symbol(index, "=")) {
    return false;
  }
  cursor_.go_to(index + 1);
  return true;
}

bool PlpgsqlReader::if_statement() {
  do {
    if (!expression({"then"}) || !cursor_.expect("then") || !statements(1)) {
      return false;
    }
  } while (cursor_.accept("elsif") || cursor_.accept("elseif"));
  if (cursor_.accept("else") && !statements(1)) {
    return false;
  }
  return cursor_.expect("end") && cursor_.expect("if") && end();
}

bool PlpgsqlReader::case_statement() {
  if (!cursor_.is("when") && !expression({"when"})) {
    return false;
  }
  while (cursor_.accept("when")) {
    if (!expression({"then"}) || !cursor_.expect("then") || !statements(1)) {
      return false;
    }
  }
  if (cursor_.accept("else") && !statements(1)) {
    return false;
  }
  return cursor_.expect("end") && cursor_.expect("case") && end();
}

// LOOP statements END LOOP [label];
bool PlpgsqlReader::loop_body() {
  if (!cursor_.expect("loop") || !statements(1) || !cursor_.expect("end") ||
      !cursor_.expect("loop")) {
    return false;
  }
  cursor_.advance(cursor_.is_name() ? 1 : 0);
  return end();
}

bool PlpgsqlReader::while_loop() { return expression({"loop"}) && loop_body(); }

// FOR name IN [REVERSE] expression .. expression [BY expression], IN query, IN EXECUTE …, IN cursor
bool PlpgsqlReader::for_loop() {
  cursor_.go_to(cursor_.find({"in", ";"}));
  if (!cursor_.expect("in")) {
    return false;
  }
  if (cursor_.accept("execute")) {
    return execute("loop") && loop_body();
  }
  const Tokens& tokens = cursor_.tokens();
  const std::size_t loop = cursor_.find({"..", "loop"});
  if (tokens.is_symbol(loop, "..")) {
    cursor_.accept("reverse");
    return expression({".."}) && cursor_.expect_symbol("..") && expression({"by", "loop"}) &&
           (!cursor_.accept("by") || expression({"loop"})) && loop_body();
  }
  // A cursor is a name, with arguments or without. No query is so short.
  const std::size_t after = cursor_.next() + 1;
  if (cursor_.is_name() && !cursor_.is("values") &&
      (after == loop || (tokens.is_symbol(after, "(") && tokens.skip(after, loop) == loop))) {
    cursor_.advance();
    return arguments() && loop_body();
  }
  return query({"loop"}) && loop_body();
}

// FOREACH name [SLICE n] IN ARRAY expression LOOP
bool PlpgsqlReader::foreach_loop() {
  cursor_.go_to(cursor_.find({"in", ";"}));
  return cursor_.expect("in") && cursor_.expect("array") && expression({"loop"}) && loop_body();
}

// EXIT [label] [WHEN expression];
bool PlpgsqlReader::exit_statement() {
  cursor_.go_to(cursor_.find({"when", ";"}));
  return (!cursor_.accept("when") || expression({";"})) && end();
}

// RETURN [expression]; RETURN NEXT [expression]; RETURN QUERY query | EXECUTE …;
bool PlpgsqlReader::return_statement() {
  if (cursor_.accept("query")) {
    return (cursor_.accept("execute") ? execute(";") : query({";"})) && end();
  }
  const bool goes_on = cursor_.accept("next");
  if (!cursor_.is_symbol(";") && !expression({";"})) {
    return false;
  }
  // What follows a RETURN that is under a condition is under one too.
  may_have_returned_ = may_have_returned_ || (!goes_on && conditions_ > 0);
  return end();
}

// RAISE [level] 'format', expression, … [USING option = expression, …];
bool PlpgsqlReader::raise_statement() {
  raises_ = raises_ || !(cursor_.is("debug") || cursor_.is("log") || cursor_.is("info") ||
                         cursor_.is("notice") || cursor_.is("warning"));
  cursor_.go_to(cursor_.find({",", "using", ";"}));
  if (cursor_.accept_symbol(",") && !expressions({",", "using", ";"})) {
    return false;
  }
  if (!cursor_.accept("using")) {
    return end();
  }
  do {
    cursor_.advance();  // the option's name
    if (!cursor_.accept_symbol("=") && !cursor_.expect_symbol(":=")) {
      return false;
    }
    if (!expression({",", ";"})) {
      return false;
    }
  } while (cursor_.accept_symbol(","));
  return end();
}

bool PlpgsqlReader::assert_statement() { return expressions({",", ";"}) && end(); }

void PlpgsqlReader::skip_targets() {
  cursor_.accept("strict");
  do {
    cursor_.advance(cursor_.is_name() ? 1 : 0);
    while (cursor_.accept_symbol(".")) {
      cursor_.advance();
    }
  } while (cursor_.accept_symbol(","));
}

// EXECUTE expression [INTO targets] [USING expression, …], the two in either order
bool PlpgsqlReader::execute_statement() {
  if (!piece(PieceKind::execute, {"into", "using", ";"})) {
    return false;
  }
  while (!cursor_.is_symbol(";")) {
    if (cursor_.accept("into")) {
      skip_targets();
    } else if (!cursor_.expect("using") || !expressions({",", "into", ";"})) {
      return false;
    }
  }
  return end();
}

// OPEN name [[NO] SCROLL] FOR query | FOR EXECUTE …; OPEN name [(arguments)];
bool PlpgsqlReader::open_statement() {
  cursor_.go_to(std::min(cursor_.find({"for", ";"}), cursor_.next() + 1));
  if (!arguments()) {
    return false;
  }
  cursor_.go_to(cursor_.find({"for", ";"}));
  if (cursor_.accept("for") && !(cursor_.accept("execute") ? execute(";") : query({";"}))) {
    return false;
  }
  return end();
}

// With PERFORM, in place of which a SELECT is parsed.
bool PlpgsqlReader::perform_statement() {
  if (!query({";"})) {
    return false;
  }
  pieces_.back().perform = true;
  return end();
}

// One that neither runs SQL nor has an expression worth reading.
bool PlpgsqlReader::simple_statement() {
  cursor_.go_to(cursor_.find({";"}));
  return end();
}

// To its semicolon, as make_execsql_stmt() of pl_gram.y finds it: between BEGIN and END of a
// CREATE FUNCTION there are some that end no statement of PL/pgSQL.
bool PlpgsqlReader::sql_statement() {
  const Tokens& tokens = cursor_.tokens();
  const std::size_t first = cursor_.next();
  const std::size_t object = first + (tokens.is_word(first + 1, "or") ? 3U : 1U);
  const bool routine = cursor_.is("create") &&
                       (tokens.is_word(object, "function") || tokens.is_word(object, "procedure"));
  const bool import = cursor_.is("import");
  base::Span into;
  int blocks = 0;
  int parentheses = 0;
  for (; !cursor_.at_end(); cursor_.advance()) {
    if (cursor_.is_symbol("(")) {
      ++parentheses;
    } else if (cursor_.is_symbol(")")) {
      parentheses -= parentheses > 0 ? 1 : 0;
    } else if (routine && parentheses == 0 && (cursor_.is("begin") || cursor_.is("case"))) {
      ++blocks;
    } else if (routine && parentheses == 0 && cursor_.is("end")) {
      blocks -= blocks > 0 ? 1 : 0;
    } else if (cursor_.is_symbol(";") && parentheses == 0 && blocks == 0) {
      break;
    } else if (cursor_.is("into") && !import && into.empty() && cursor_.next() > first &&
               !tokens.is_word(cursor_.next() - 1, "insert") &&
               !tokens.is_word(cursor_.next() - 1, "merge")) {
      const std::size_t start = cursor_.next();
      cursor_.advance();
      skip_targets();
      into = tokens.span(start, cursor_.next());
      cursor_.go_to(cursor_.next() - 1);
    }
  }
  const std::size_t after = cursor_.next();
  if (after == first || cursor_.at_end()) {
    return cursor_.fail();
  }
  cursor_.go_to(first);
  add(PieceKind::statement, after);
  pieces_.back().into = into;
  return end();
}

}  // namespace

Parsed<std::vector<Piece>> read_plpgsql(const std::string& text) {
  return PlpgsqlReader(text).read();
}

}  // namespace gauger::sql
