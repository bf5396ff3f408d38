#include "migration/from_sql.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "migration/routines.hpp"
#include "migration/sql_parts.hpp"
#include "migration/sql_sink.hpp"
#include "migration/sql_text.hpp"

namespace gauger::migration {
namespace {

// Whether a handler lets pass that what is made is there already, as CREATE TYPE IF NOT EXISTS,
// which PostgreSQL lacks, is written. The SQLSTATEs of duplicate_object, _table, _column, _schema.
bool lets_existing_pass(const std::string& condition) {
  constexpr std::array<std::string_view, 4> states{"42710", "42p07", "42701", "42p06"};
  return condition.starts_with("duplicate_") || condition == "others" ||
         std::any_of(states.begin(), states.end(), [&](std::string_view state) {
           return condition.find(state) != std::string::npos;
         });
}

std::vector<Constant> constants_of(const sql::Statement& statement) {
  std::vector<Constant> result;
  result.reserve(statement.constants.size());
  for (const sql::Constant& each : statement.constants) {
    result.push_back({each.text, table_from(each.table), each.column, each.position, each.type});
  }
  return result;
}

void write(SqlSink& sink, const sql::Statement& statement);

// What runs as a part of the statement: the writes inside of WITH, a schema's elements.
void write_parts(SqlSink& sink, const sql::Statement& statement) {
  const sql::Statement* around = std::exchange(sink.whole, &statement);
  for (const sql::Statement& part : statement.body) {
    write(sink, part);
  }
  sink.whole = around;
}

// What a statement locks that has no action of its own.
Other locks_of(const sql::Statement& statement) {
  Other other;
  const auto& tables = statement.locks_rows ? statement.reads : statement.published;
  for (const sql::QualifiedName& table : tables) {
    other.locked.push_back(table_from(table));
  }
  if (!tables.empty()) {
    other.lock = statement.locks_rows ? "ROW SHARE" : "SHARE UPDATE EXCLUSIVE";
  }
  return other;
}

void write(SqlSink& sink, const sql::Statement& statement) {
  const bool written = write_create(sink, statement) || write_alter(sink, statement) ||
                       write_rename(sink, statement) || write_drop(sink, statement) ||
                       write_rows(sink, statement) || write_utility(sink, statement);
  if (statement.kind != sql::StatementKind::create_function) {
    write_parts(sink, statement);
  }
  if (!written && statement.body.empty()) {
    sink.add(statement, locks_of(statement));
  }
}

// Routines that call each other, or themselves, are followed this far.
constexpr int deepest_call = 8;

class Writer {
 public:
  Writer(SqlSink& sink, Routines& routines) : sink_(sink), routines_(routines) {}

  // The statements of a DO block and of a routine that is called count one by one.
  void write_one(const sql::Statement& statement) {
    if (statement.kind == sql::StatementKind::do_) {
      write_body(statement, "the DO block");
      return;
    }
    write(sink_, statement);
    sink_.next_statement();
    call_routines(statement);
    // Those that are STABLE or IMMUTABLE cannot write.
    if (statement.kind == sql::StatementKind::create_function && statement.volatility != "stable" &&
        statement.volatility != "immutable") {
      routines_.created.insert_or_assign(statement.names.front().name, statement);
    }
  }

 private:
  void write_all(const std::vector<sql::Statement>& statements) {
    for (const sql::Statement& statement : statements) {
      write_one(statement);
    }
  }

  // `what` runs it.
  void write_body(const sql::Statement& statement, std::string_view what) {
    write_all(statement.body);
    if (statement.body_opaque) {
      sink_.add(statement,
                Opaque{fmt::format("{} runs SQL that is put together when it runs", what)});
      sink_.next_statement();
    } else if (statement.body.empty()) {
      sink_.add(statement, Other{});
      sink_.next_statement();
    }
  }

  void call_routines(const sql::Statement& statement) {
    if (depth_ == deepest_call || (statement.kind != sql::StatementKind::select &&
                                   statement.kind != sql::StatementKind::call)) {
      return;
    }
    ++depth_;
    const bool outer = std::exchange(sink_.may_run, sink_.may_run || statement.conditional);
    for (const sql::QualifiedName& name : statement.functions) {
      const auto found = routines_.created.find(name.name);
      if (found != routines_.created.end()) {
        const sql::Statement routine = found->second;  // it may create others
        write_body(routine, fmt::format("{}()", name.name));
      }
    }
    sink_.may_run = outer;
    --depth_;
  }

  SqlSink& sink_;
  Routines& routines_;
  int depth_ = 0;
};

// Finds lines of a text, which is read from front to back, in the file that it stands in.
class Lines {
 public:
  Lines(std::string_view text, eval::Place written) : text_(text), written_(written) {}

  [[nodiscard]] bool known() const { return written_.module != nullptr; }

  // The line of the text's byte `at`. What became of parameters moves bytes, never lines.
  eval::Place line_of(std::size_t at) {
    const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(std::min(read_, at));
    const auto end = text_.begin() + static_cast<std::ptrdiff_t>(std::min(at, text_.size()));
    read_ = std::max(read_, at);
    return down(std::count(begin, end, '\n'));
  }

  eval::Place down(std::ptrdiff_t lines) {
    const std::string_view file = written_.module->text;
    for (; lines > 0; --lines) {
      const std::size_t ends = file.find('\n', written_.span.begin);
      if (ends < written_.span.end) {
        written_.span.begin = static_cast<std::uint32_t>(ends + 1);
      }
    }
    return written_;
  }

 private:
  std::string_view text_;
  eval::Place written_;
  std::size_t read_ = 0;
};

}  // namespace

Operation& SqlSink::add(const sql::Statement& statement, Action action) {
  Operation& made = out_.emplace_back(base_);
  made.action = std::move(action);
  made.directive = statement.tag;
  made.statement = statement_;
  made.transaction = transaction_;
  made.from_sql = true;
  made.if_exists = statement.if_exists;
  made.if_not_exists = statement.if_not_exists;
  made.cascade = statement.cascade;
  made.concurrently = statement.concurrently;
  made.only = statement.only;
  made.constants = constants_of(statement);
  const sql::Statement& runs = whole == nullptr ? statement : *whole;
  made.may_run = made.may_run || may_run || runs.conditional;
  made.attempted = made.attempted || !runs.handled.empty();
  made.if_not_exists = made.if_not_exists ||
                       std::any_of(runs.handled.begin(), runs.handled.end(), lets_existing_pass);
  return made;
}

Operation& SqlSink::add_object(const sql::Statement& statement, const sql::QualifiedName& name,
                               Action action) {
  Operation& made = add(statement, std::move(action));
  made.object = name_from(name.name);
  made.table.schema = name_from(name.schema);
  return made;
}

void append_sql(std::string_view text, const Operation& base, std::vector<Operation>& out,
                Routines& routines, eval::Place written) {
  SqlText read = read_sql_text(text);
  const auto statements = parse_sql_text(read);
  if (statements) {
    const std::size_t before = out.size();
    SqlSink sink(base, out);
    Writer writer(sink, routines);
    Lines lines(read.text, written);
    for (const sql::Statement& statement : *statements) {
      const std::size_t first = out.size();
      writer.write_one(statement);
      if (lines.known()) {
        const eval::Place line = lines.line_of(statement.span.begin);
        std::for_each(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                      [&](Operation& each) { each.sites.push_back(line); });
      }
    }
    const bool joined =
        statements->size() > 1 ||
        (statements->size() == 1 && statements->front().kind == sql::StatementKind::do_);
    for (std::size_t i = before; i < out.size(); ++i) {
      out[i].joined = joined;
    }
    return;
  }
  Operation& made = out.emplace_back(base);
  made.from_sql = true;
  std::string where;
  if (written.module != nullptr) {
    const std::size_t line = statements.error().position.line;
    made.sites.push_back(
        Lines(read.text, written).down(static_cast<std::ptrdiff_t>(line == 0 ? 0 : line - 1)));
    const eval::Place& site = made.sites.back();
    where = fmt::format(" in {}:{}", site.module->path,
                        base::position_of(site.module->text, site.span.begin).line);
  }
  made.action = Opaque{fmt::format(
      "{}{}: {}",
      has_hole(text) ? "parts of the SQL are not known, and PostgreSQL says without them"
                     : "PostgreSQL does not accept the SQL",
      where, statements.error().message)};
}

void append_sql(std::string_view text, const Operation& base, std::vector<Operation>& out) {
  Routines routines;
  append_sql(text, base, out, routines);
}

}  // namespace gauger::migration
