#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/utf8.hpp"
#include "sql/context.hpp"
#include "sql/nodes.hpp"
#include "sql/parser.hpp"
#include "sql/statement.hpp"

extern "C" {
#include <pg_query.h>
#include <pg_query_internal.h>
}

namespace gauger::sql {
namespace {

constexpr std::size_t max_size = std::size_t{8} << 20U;
constexpr std::size_t max_statements = 100'000;
constexpr std::size_t max_message = 120;  // code points
constexpr int max_concatenations = 200;

// The scanner reads a run of operator characters to its end for each comment that opens in it, as
// PostgreSQL's own does: a quarter megabyte of "/*/*/*" takes it minutes.
constexpr auto operator_characters = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("~!@#^&|`?+-*/%<>=")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

class CommentCost {
 public:
  // In order. False once the scan would take too long.
  bool add(char c) {
    if (!operator_characters[static_cast<unsigned char>(c)]) {
      cost_ += length_ * comments_;
      length_ = 0;
      comments_ = 0;
    } else {
      ++length_;
      comments_ += previous_ == '/' && c == '*' ? 1U : 0U;
    }
    previous_ = c;
    return cost_ + length_ * comments_ < max_cost;
  }

 private:
  static constexpr std::uint64_t max_cost = 50'000'000;  // some half a second
  std::uint64_t cost_ = 0;
  std::uint64_t length_ = 0;
  std::uint64_t comments_ = 0;
  char previous_ = ' ';
};

Parsed<void> check_text(std::string_view source) {
  const auto refuse = [](std::string message, std::size_t offset) {
    return tl::unexpected(
        Failure{.message = std::move(message), .offset = static_cast<std::uint32_t>(offset)});
  };
  if (source.size() > max_size) {
    return refuse(fmt::format("the SQL is longer than {} MiB", max_size >> 20U), 0);
  }
  CommentCost cost;
  for (std::size_t i = 0; i < source.size();) {
    if (source[i] == '\0') {
      return refuse("the SQL has a NUL byte", i);
    }
    if (!cost.add(source[i])) {
      return refuse("the SQL opens too many comments in one another", i);
    }
    if (static_cast<unsigned char>(source[i]) < 0x80) {
      ++i;
      continue;
    }
    const base::CodePoint point = base::decode_utf8(source, i);
    if (!point.valid) {
      return refuse("the SQL is not valid UTF-8", i);
    }
    i += point.size;
  }
  return {};
}

// A parse tree and the memory it lives in.
class ParseTree {
 public:
  ParseTree(const std::string& source, ::PgQueryParseMode mode)
      : memory_(pg_query_enter_memory_context()),
        result_(pg_query_raw_parse(source.c_str(), mode)) {}
  ParseTree(const ParseTree&) = delete;
  ParseTree& operator=(const ParseTree&) = delete;
  ~ParseTree() {
    if (result_.error != nullptr) {
      pg_query_free_error(result_.error);
    }
    std::free(result_.stderr_buffer);
    pg_query_exit_memory_context(memory_);
  }

  [[nodiscard]] bool failed() const { return result_.error != nullptr; }
  [[nodiscard]] Failure failure(std::string_view source) const {
    return make_failure(result_.error->message, source, result_.error->cursorpos);
  }
  [[nodiscard]] Items<::RawStmt> statements() const { return items<::RawStmt>(result_.tree); }

 private:
  ::MemoryContext memory_;
  PgQueryInternalParsetreeAndError result_;
};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

// Without the blanks and comments around it. Only a scan tells a comment from what looks like one.
base::Span trim(Context& context, base::Span span) {
  const std::string& text = context.text();
  while (!span.empty() && is_blank(text[span.begin])) {
    ++span.begin;
  }
  while (!span.empty() && is_blank(text[span.end - 1])) {
    --span.end;
  }
  const std::string_view inner = base::slice(text, span);
  if (inner.find("--") == std::string_view::npos && inner.find("/*") == std::string_view::npos) {
    return span;
  }
  const Tokens& tokens = context.tokens();
  return tokens.span(tokens.at(span.begin), tokens.at(span.end));
}

base::Span source_span(Context& context, const ::RawStmt& raw) {
  const auto size = static_cast<std::uint32_t>(context.text().size());
  const auto begin = static_cast<std::uint32_t>(raw.stmt_location < 0 ? 0 : raw.stmt_location);
  const auto length = static_cast<std::uint32_t>(raw.stmt_len);
  return trim(context, {begin, length == 0 ? size : begin + length});
}

// A string constant, or some of them put together with ||.
std::optional<std::string> constant_text(const ::Node* node, int depth) {
  if (depth == 0 || node == nullptr) {
    return std::nullopt;
  }
  if (is(node, T_A_Const)) {
    const auto& constant = as<::A_Const>(node);
    if (!constant.isnull && is(&constant.val.node, T_String)) {
      return value_text(node);
    }
  }
  if (is(node, T_A_Expr) && value_text(items<::Node>(as<::A_Expr>(node).name)[0]) == "||") {
    auto left = constant_text(as<::A_Expr>(node).lexpr, depth - 1);
    const auto right = constant_text(as<::A_Expr>(node).rexpr, depth - 1);
    if (left && right) {
      return std::move(*left) + *right;
    }
  }
  return std::nullopt;
}

struct Pending {
  std::size_t statement;
  RoutineSource routine;
};

Parsed<std::vector<Statement>> read_tree(const std::string& source, std::vector<Pending>& pending) {
  const ParseTree tree(source, PG_QUERY_PARSE_DEFAULT);
  if (tree.failed()) {
    return tl::unexpected(tree.failure(source));
  }
  const auto list = tree.statements();
  if (list.size() > max_statements) {
    return tl::unexpected(
        Failure{.message = fmt::format("the SQL has more than {} statements", max_statements)});
  }
  Context context(source);
  std::vector<Statement> result;
  result.reserve(list.size());
  for (const ::RawStmt* raw : list) {
    context.statement = source_span(context, *raw);
    read_statement(context, raw->stmt, result.emplace_back());
    if (context.routine) {
      pending.push_back({result.size() - 1, std::move(*context.routine)});
      context.routine.reset();
    }
  }
  return result;
}

}  // namespace

Failure make_failure(std::string_view message, std::string_view text, int cursor) {
  std::size_t offset = 0;
  for (int i = 1; i < cursor && offset < text.size(); ++i) {
    offset += base::decode_utf8(text, offset).size;
  }
  // The scanner's messages go on to the end of the text.
  return {.message = base::shorten(message, max_message),
          .offset = static_cast<std::uint32_t>(offset)};
}

Parsed<std::vector<Statement>> parse_statements(const std::string& text, int depth) {
  std::vector<Pending> pending;
  auto result = read_tree(text, pending);
  for (const Pending& each : pending) {
    if (auto read = read_routine(text, each.routine, result->at(each.statement), depth); !read) {
      return tl::unexpected(std::move(read.error()));
    }
  }
  return result;
}

Parsed<Expression> parse_expression(const std::string& text, Statement& owner) {
  const ParseTree tree(text, PG_QUERY_PARSE_PLPGSQL_EXPR);
  if (tree.failed()) {
    return tl::unexpected(tree.failure(text));
  }
  Context context(text);
  context.statement = {0, static_cast<std::uint32_t>(text.size())};
  Expression expression;
  for (const ::RawStmt* raw : tree.statements()) {
    read_references(context, raw->stmt, owner);
    const auto targets = is(raw->stmt, T_SelectStmt)
                             ? items<::ResTarget>(as<::SelectStmt>(raw->stmt).targetList)
                             : items<::ResTarget>(nullptr);
    if (targets.size() == 1) {
      if (auto value = constant_text(targets[0]->val, max_concatenations)) {
        expression = {.constant = true, .value = std::move(*value)};
      }
    }
  }
  return expression;
}

Parsed<void> read_raw(std::string_view text, const std::function<void(Items<::RawStmt>)>& read) {
  if (auto checked = check_text(text); !checked) {
    return checked;
  }
  const std::string source(text);
  const ParseTree tree(source, PG_QUERY_PARSE_DEFAULT);
  if (tree.failed()) {
    return tl::unexpected(tree.failure(source));
  }
  read(tree.statements());
  return {};
}

base::Result<std::vector<Statement>> parse(std::string_view text) {
  const auto error = [&](Failure failure) {
    return base::failure({.kind = base::ErrorKind::unparsable,
                          .message = std::move(failure.message),
                          .position = base::position_of(text, failure.offset)});
  };
  if (auto checked = check_text(text); !checked) {
    return error(std::move(checked.error()));
  }
  auto statements = parse_statements(std::string(text), 0);
  if (!statements) {
    return error(std::move(statements.error()));
  }
  return std::move(*statements);
}

}  // namespace gauger::sql
