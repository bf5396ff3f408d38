#include "project/migration_environment.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/encoding.hpp"
#include "eval/interpreter.hpp"
#include "eval/memory.hpp"
#include "eval/module.hpp"
#include "python/syntax.hpp"

namespace gauger::project {
namespace {

using eval::Value;
using eval::ValueKind;

// The last part of what is called: "begin" of `engine.begin()`.
std::string_view called_name(const Value& call) {
  if (!call.is(ValueKind::call) || call.object == nullptr) {
    return {};
  }
  const Value& callee = *call.object;
  return callee.is(ValueKind::attribute) || callee.is(ValueKind::method) ? callee.text
                                                                         : std::string_view{};
}

// `with connection.begin():`, `async with engine.begin() as connection:`. SQLAlchemy's begin has no
// arguments, and Alembic's own begin_transaction() has another name.
bool begins(const Value& context) {
  return called_name(context) == "begin" && context.items.empty();
}

// connect().execution_options(isolation_level="AUTOCOMMIT"), create_engine(…, isolation_level=…).
bool commits_by_itself(const Value& call) {
  const Value* level = call.keyword("isolation_level");
  return level != nullptr && level->is(ValueKind::text) && level->text == "AUTOCOMMIT";
}

// Both ways of a test are read, one after the other: what is said on several must agree.
class Agreed {
 public:
  void say(std::optional<bool> value) {
    value_ = said_ && value_ != value ? std::nullopt : value;
    said_ = true;
  }
  [[nodiscard]] bool said() const { return said_; }
  [[nodiscard]] std::optional<bool> value() const { return value_; }

 private:
  bool said_ = false;
  std::optional<bool> value_;
};

class Reader final : public eval::Host {
 public:
  Value* called(eval::Interpreter& reader, Value* call, bool /*statement*/) override {
    const std::string name = eval::dotted_name(*call->object);
    if (name == "alembic.context.configure") {
      configure(*call);
      return call;
    }
    if (name == "alembic.context.is_offline_mode") {
      return reader.memory().make(ValueKind::boolean, call->place);  // false
    }
    if (name == "alembic.context.run_migrations") {
      own_transaction_.say(in_transaction() ? std::optional(true) : configured_in_transaction_);
      has_run_ = true;
    }
    autocommits_ = autocommits_ || commits_by_itself(*call);
    const std::string_view last = called_name(*call);
    commits_ = commits_ || (has_run_ && last == "commit");
    if (last == "execute" || last == "exec_driver_sql") {
      // SQLAlchemy 2 begins a transaction for it, 1.4 need not.
      used_ = true;
    } else if (last == "commit" || last == "rollback") {
      used_ = false;
      opened_.clear();
    } else if (begins(*call)) {
      opened_.insert(call);  // transaction = connection.begin(), unless `with` enters it
    }
    // A function that is handed over runs: connection.run_sync(do_run_migrations).
    if (handed_over_ < deepest) {
      ++handed_over_;
      for (Value* argument : call->items) {
        if (argument != nullptr && argument->is(ValueKind::function)) {
          reader.call_function(argument, {reader.unknown("a connection", call->place)},
                               call->place);
        }
      }
      --handed_over_;
    }
    return call;
  }
  Value* followed(eval::Interpreter& /*reader*/, Value* /*function*/, Value* /*call*/) override {
    return nullptr;
  }
  Value* attribute(eval::Interpreter& /*reader*/, Value* /*object*/,
                   std::string_view /*name*/) override {
    return nullptr;
  }
  void entered(eval::Interpreter& /*reader*/, Value* context) override {
    begun_ += begins(*context) ? 1 : 0;
    opened_.erase(context);
    if (called_name(*context) == "connect") {
      used_ = false;
    }
  }
  void left(eval::Interpreter& /*reader*/, Value* context) override {
    if (begins(*context) && begun_ > 0) {
      --begun_;
      used_ = false;  // it commits what was done
    }
  }
  void gave_up(eval::Interpreter& /*reader*/, eval::Place /*place*/,
               std::string_view /*why*/) override {
    gave_up_ = true;
  }

  void tell(MigrationEnvironment& environment) const {
    if (!gave_up_ && own_transaction_.said()) {
      // Where each statement commits, no two of them share a transaction, whatever is configured.
      environment.transaction_per_migration = autocommits_ ? std::nullopt : per_migration_.value();
      environment.own_transaction = own_transaction_.value();
      environment.commits = autocommits_ || commits_;
    }
  }

 private:
  static constexpr int deepest = 4;

  void configure(const Value& call) {
    const Value* each = call.keyword("transaction_per_migration");
    // Keywords from a dict that is not known may say so, too.
    const bool may_say_more =
        std::any_of(call.entries.begin(), call.entries.end(), [](const auto& entry) {
          return entry.first == nullptr || !entry.first->is(ValueKind::text);
        });
    per_migration_.say(each != nullptr             ? eval::truth(*each)
                       : call.open || may_say_more ? std::nullopt
                                                   : std::optional(false));
    configured_in_transaction_ = in_transaction() ? std::optional(true)
                                 : used_          ? std::nullopt
                                                  : std::optional(false);
  }

  [[nodiscard]] bool in_transaction() const { return begun_ > 0 || !opened_.empty(); }

  Agreed per_migration_;
  Agreed own_transaction_;
  std::optional<bool> configured_in_transaction_;
  int begun_ = 0;                  // of the connection's own transactions that are open
  std::set<const Value*> opened_;  // the same, by a call that no `with` enters
  bool autocommits_ = false;       // something in env.py does
  bool has_run_ = false;           // run_migrations() has been called
  bool commits_ = false;           // something has, since
  bool used_ = false;              // a connection has been, without a commit after that
  bool gave_up_ = false;
  int handed_over_ = 0;
};

// Whether the setting is in a string or is a keyword: "SET lock_timeout = …", "-c lock_timeout=…",
// {"lock_timeout": …}.
bool mentions(const python::Node& node, std::string_view setting) {
  using python::NodeKind;
  const bool has_text = node.kind == NodeKind::string || node.kind == NodeKind::keyword;
  if (has_text && node.text.find(setting) != std::string_view::npos) {
    return true;
  }
  return std::any_of(node.children.begin(), node.children.end(), [&](const python::Node* child) {
    return child != nullptr && mentions(*child, setting);
  });
}

}  // namespace

MigrationEnvironment read_migration_environment(const base::FileTree& tree,
                                                const AlembicSettings& alembic) {
  MigrationEnvironment environment;
  const std::string path =
      alembic.script_location.empty() ? "env.py" : alembic.script_location + "/env.py";
  environment.depends_on.insert(path);
  auto bytes = tree.read(path);
  auto source = bytes ? base::decode_source(std::move(*bytes), path)
                      : base::Result<base::SourceText>(base::failure(bytes.error()));
  if (!source) {
    return environment;
  }
  eval::Module module{.path = path, .text = std::move(source->text), .syntax = {}};
  auto syntax = python::parse(module.text, {0, static_cast<std::uint32_t>(module.text.size())});
  if (!syntax) {
    return environment;
  }
  module.syntax = std::move(*syntax);
  environment.sets_lock_timeout = mentions(module.syntax.root(), "lock_timeout");
  environment.sets_statement_timeout = mentions(module.syntax.root(), "statement_timeout");

  eval::Memory memory;
  eval::Library library(tree, alembic.import_folders);
  Reader reader;
  eval::Interpreter interpreter(memory, &library, reader);
  interpreter.run_module(module);
  reader.tell(environment);
  const std::set<std::string>& probed = interpreter.probed();
  environment.depends_on.insert(probed.begin(), probed.end());
  return environment;
}

}  // namespace gauger::project
