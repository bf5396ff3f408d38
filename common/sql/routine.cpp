#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "sql/parser.hpp"
#include "sql/plpgsql.hpp"

namespace gauger::sql {
namespace {

// Where a text stands in the one around it: at an offset if it stands there letter by letter, else
// somewhere in a span (a string with escapes in it).
class Place {
 public:
  Place(std::string_view outer, base::Span span, std::string_view inner) : span_(span) {
    const std::string_view literal = base::slice(outer, span);
    const std::size_t found = literal.find(inner);
    if (found != std::string_view::npos && !inner.empty()) {
      offset_ = span.begin + static_cast<std::uint32_t>(found);
    }
  }

  [[nodiscard]] std::uint32_t outer(std::uint32_t offset) const {
    return offset_ ? *offset_ + offset : span_.begin;
  }
  [[nodiscard]] base::Span outer(base::Span span) const {
    if (span.empty()) {
      return span;
    }
    return offset_ ? base::Span{*offset_ + span.begin, *offset_ + span.end} : span_;
  }

 private:
  base::Span span_;
  std::optional<std::uint32_t> offset_;
};

void make_conditional(Statement& statement) {
  statement.conditional = true;
  for (Statement& inner : statement.body) {
    make_conditional(inner);
  }
}

void relocate(Statement& statement, const Place& place) {
  statement.span = place.outer(statement.span);
  for (AlterAction& action : statement.actions) {
    action.span = place.outer(action.span);
  }
  for (Statement& inner : statement.body) {
    relocate(inner, place);
  }
}

tl::unexpected<Failure> relocated(Failure failure, const Place& place) {
  failure.offset = place.outer(failure.offset);
  return tl::unexpected(std::move(failure));
}

// The SQL of a piece as PostgreSQL gets it, every byte where it was.
std::string source_of(const std::string& body, const Piece& piece) {
  std::string source(base::slice(body, piece.span));
  if (!piece.into.empty()) {
    source.replace(piece.into.begin - piece.span.begin, piece.into.size(), piece.into.size(), ' ');
  }
  if (piece.perform) {
    source.replace(0, std::string_view("PERFORM").size(), "SELECT ");
  }
  return source;
}

// What EXECUTE is given is known if it is a constant. One that does not parse fails when it is run,
// not before: it may never be.
bool run_constant(const std::string& source, const std::string& sql, Statement& owner, int depth) {
  auto statements = parse_statements(sql, depth);
  if (!statements) {
    return false;
  }
  const Place place(source, {0, static_cast<std::uint32_t>(source.size())}, sql);
  for (Statement& statement : *statements) {
    relocate(statement, place);
    owner.body.push_back(std::move(statement));
  }
  return true;
}

Parsed<void> read_piece(const std::string& body, const Piece& piece, Statement& owner, int depth) {
  const std::string source = source_of(body, piece);
  const Place place(body, piece.span, base::slice(body, piece.span));
  const std::size_t known = owner.body.size();
  if (piece.kind == PieceKind::statement) {
    auto statements = parse_statements(source, depth);
    if (!statements) {
      return relocated(std::move(statements.error()), place);
    }
    std::move(statements->begin(), statements->end(), std::back_inserter(owner.body));
  } else {
    auto expression = parse_expression(source, owner);
    if (!expression) {
      return relocated(std::move(expression.error()), place);
    }
    if (piece.kind == PieceKind::execute &&
        (!expression->constant || !run_constant(source, expression->value, owner, depth))) {
      owner.body_opaque = true;
    }
  }
  std::for_each(owner.body.begin() + static_cast<std::ptrdiff_t>(known), owner.body.end(),
                [&](Statement& statement) {
                  relocate(statement, place);
                  statement.handled.insert(statement.handled.end(), piece.handled.begin(),
                                           piece.handled.end());
                  if (piece.conditional) {
                    make_conditional(statement);
                  }
                });
  return {};
}

Parsed<void> read_body(const std::string& body, Statement& owner, int depth) {
  auto pieces = read_plpgsql(body);
  if (!pieces) {
    return tl::unexpected(std::move(pieces.error()));
  }
  for (const Piece& piece : *pieces) {
    if (auto read = read_piece(body, piece, owner, depth); !read) {
      return read;
    }
  }
  return {};
}

}  // namespace

Parsed<void> read_routine(const std::string& outer, const RoutineSource& routine, Statement& owner,
                          int depth) {
  const bool sql = routine.language == "sql";
  if ((!sql && routine.language != "plpgsql") || depth >= max_depth) {
    owner.body_opaque = true;
    return {};
  }
  const Place place(outer, routine.literal, routine.text);
  const std::size_t known = owner.body.size();
  if (sql) {
    auto statements = parse_statements(routine.text, depth + 1);
    if (!statements) {
      return relocated(std::move(statements.error()), place);
    }
    std::move(statements->begin(), statements->end(), std::back_inserter(owner.body));
  } else if (auto read = read_body(routine.text, owner, depth + 1); !read) {
    return relocated(std::move(read.error()), place);
  }
  std::for_each(owner.body.begin() + static_cast<std::ptrdiff_t>(known), owner.body.end(),
                [&](Statement& statement) { relocate(statement, place); });
  return {};
}

}  // namespace gauger::sql
