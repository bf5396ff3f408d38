// Reads a migration as Python would run it, without running it: constants are folded, branches
// on known values are decided, loops over known sequences are unrolled, functions of the file and
// of the project are followed. Where a branch depends on what is not known, both ways are read from
// the same state, what is in them "may run", and what they made of names and containers is joined.
// An exception ends the way it is raised on: what comes behind a guard that raises runs as usual.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "eval/memory.hpp"
#include "eval/module.hpp"
#include "eval/value.hpp"

namespace gauger::eval {

// Why what is being read may not run: a test whose outcome is not known, a loop over what is not
// known, an exception handler. The innermost; `outer` leads out.
struct Condition {
  const Condition* outer = nullptr;
  Place place{};
};

// A call that leads from the file under inspection to what is being read.
struct Frame {
  const Value* function = nullptr;
  Place call{};                      // where it was called from
  const Value* arguments = nullptr;  // the call's
  bool for_value = false;            // what it returns is used: the call is no statement
};

class Interpreter;

// Where the reader meets the world outside the files: the meaning of alembic's and SQLAlchemy's
// names is not known here.
class Host {
 public:
  Host() = default;
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  virtual ~Host() = default;

  // A call of something outside the files at hand (`call` is the term). `statement`: the call is
  // a whole statement, so its effect is what matters. Returns the call's value, usually `call`.
  virtual Value* called(Interpreter& reader, Value* call, bool statement) = 0;
  // A call of a function that could be followed. Returning a value keeps the reader out of it.
  virtual Value* followed(Interpreter& reader, Value* function, Value* call) = 0;
  // An attribute of a term; null: the term itself, as an attribute.
  virtual Value* attribute(Interpreter& reader, Value* object, std::string_view name) = 0;
  // An attribute is set of something that is no object of the files at hand.
  virtual void changed(Interpreter& /*reader*/, const Value& /*object*/) {}
  // The block of a `with` statement is entered and left.
  virtual void entered(Interpreter& reader, Value* context) = 0;
  virtual void left(Interpreter& reader, Value* context) = 0;
  // Something was not followed, because of a limit; the rest of that piece is not known.
  virtual void gave_up(Interpreter& reader, Place place, std::string_view why) = 0;
};

// Bounds on what one evaluation may cost.
struct Limits {
  std::uint64_t steps = 400'000;                // statements and expressions evaluated
  std::uint64_t value_steps = 40'000;           // of them in one call that is for its value
  std::size_t calls = 40;                       // functions inside functions
  std::size_t expression_depth = 400;           // expressions inside expressions
  std::size_t text = std::size_t{4} << 20U;     // bytes in one string that is put together
  std::size_t memory = std::size_t{64} << 20U;  // bytes of all strings and copied containers
};

class Interpreter {
 public:
  // All must outlive the interpreter and the values that it makes; `library` may be null.
  Interpreter(Memory& memory, Library* library, Host& host, Limits limits = {});

  // Runs the module's top-level statements, once. Modules that it imports are run when a name of
  // theirs is used.
  Scope* run_module(const Module& module);

  // The value that a module's top level binds to `name`, imports resolved; null where it does not.
  Value* name_in(const Module& module, std::string_view name);

  // Calls a function value as `name()` would; the result is its return value.
  Value* call_function(Value* function, std::vector<Value*> arguments, Place place);

  // Whether what is being read is not part of what the migration does: the top level of a module
  // that is imported, or a loop that is read to see what it changes.
  [[nodiscard]] bool importing() const { return importing_ > 0; }
  // Whether the rest is not read, because of a limit.
  [[nodiscard]] bool stopped() const { return gave_up_; }
  // Whether an exception of what is being read is caught, and things go on.
  [[nodiscard]] bool attempting() const { return attempting_ > 0; }

  // The names that a class body binds, in order, with their values.
  const std::vector<std::pair<std::string_view, Value*>>& members(const Value* type);

  // For hosts.
  Memory& memory() { return memory_; }
  [[nodiscard]] const Condition* condition() const { return condition_; }
  // The functions being read, outermost first.
  [[nodiscard]] const std::vector<Frame>& frames() const { return frames_; }
  [[nodiscard]] const Module* module() const { return module_; }
  Value* symbol(std::string name, Place place);
  // The tree paths that what was read depends on: modules found, and places where one was looked
  // for in vain.
  [[nodiscard]] const std::set<std::string>& probed() const { return probed_; }
  Value* text(std::string value, Place place);
  Value* unknown(std::string_view why, Place place);
  Value* attribute(Value* object, std::string_view name, Place place);
  // A part of a text, which knows its place where the text is a file's.
  Value* piece_of(const Value& whole, std::size_t at, std::size_t size, Place place);

 private:
  // Whether what comes next is reached.
  enum class Flow : std::uint8_t { on, ends };

  // Ways that left a construct early, each with the state it left in.
  struct Exit {
    Memory::Delta delta;
    Value* value = nullptr;  // a return's
  };
  struct Activation {
    Memory::Mark mark = 0;
    std::vector<Exit> returns{};
  };
  struct Loop {
    Memory::Mark mark = 0;
    std::vector<Exit> breaks{};
    Memory::Mark round = 0;
    std::vector<Exit> continues{};
  };
  struct Handler {
    Memory::Mark mark = 0;
    std::vector<Exit> raises{};
  };
  // How many ways left early so far. Where a count has grown, what follows may not run.
  struct Exits {
    std::size_t returns = 0;
    std::size_t breaks = 0;
    std::size_t continues = 0;
    std::size_t raises = 0;  // into a handler
    friend bool operator==(const Exits&, const Exits&) = default;
  };

  // Statements (statements.cpp).
  Flow run_block(const python::Node& block);
  Flow run_statement(const python::Node& node);
  Flow run_return(const python::Node& node);
  Flow run_raise(const python::Node& node);
  Flow run_assert(const python::Node& node);
  Flow run_with(const python::Node& node);
  void import(const python::Node& node);
  void import_from(const python::Node& node);
  void define(const python::Node& node);
  void declare(const python::Node& node);
  void remove(const python::Node& target);
  void assign(const python::Node& target, Value* value);
  void assign_parts(const python::Node& target, Value* value);
  void assign_item(const python::Node& target, Value* value);
  void augment(const python::Node& node);
  void bind(std::string_view name, Value* value);
  bool step(Place place);

  // Ways that part and meet (branches.cpp).
  using Way = std::function<Flow()>;
  // Reads each way from the present state, and joins those that go on.
  Flow run_ways(Place test, std::span<const Way> ways);
  Flow run_if(const python::Node& statement);
  Flow run_match(const python::Node& node);
  Flow run_for(const python::Node& node);
  Flow run_while(const python::Node& node);
  Flow run_round(const python::Node& body);
  // A body that runs any number of times; `prepare` binds its target.
  Flow run_repeated(Place place, const python::Node& body, const std::function<void()>& prepare);
  Flow leave_loop(Loop& loop, Flow flow, const python::Node* otherwise, Place place,
                  const Exits& before, const Condition* outside);
  Flow run_try(const python::Node& node);
  Flow meet(Memory::Mark mark, std::vector<Exit> exits, Place place);
  void exit_to(std::vector<Exit>& exits, Memory::Mark mark, Value* value = nullptr);
  // The lists that a way from here may leave by, and what a `finally` does to those that left
  // since.
  std::array<std::vector<Exit>*, 4> exit_lists();
  std::array<std::size_t, 4> exit_counts();
  void blur_exits(const std::array<std::size_t, 4>& since, const Memory::Delta& delta, Place place);
  // Runs something for what it shows, and leaves no trace of it.
  Memory::Delta rehearse(const std::function<void()>& run);

  // Expressions (expression.cpp).
  Value* evaluate(const python::Node& node, bool statement = false);
  Value* evaluate_kind(const python::Node& node, bool statement);
  Value* name(const python::Node& node);
  Value* number(const python::Node& node);
  Value* formatted(const python::Node& node);
  Value* sequence(const python::Node& node, ValueKind kind, bool statement = false);
  Value* dict(const python::Node& node);
  Value* conditional(const python::Node& node);
  Value* subscript(const python::Node& node);
  Value* item_of(Value* object, Value* key, Place place);
  Value* slice_of(Value* object, const python::Node& slice, Place place);
  Value* comprehension(const python::Node& node);
  void comprehend(const python::Node& node, std::size_t clause, Value* out, bool certain);
  Value* yield(const python::Node& node);

  // Operators (operators.cpp).
  Value* unary(const python::Node& node);
  Value* binary(python::Operator op, Value* left, Value* right, Place place);
  Value* boolean(const python::Node& node);
  Value* compare(const python::Node& node);
  Value* boolean_value(std::optional<bool> known, Place place);

  // Calls, functions and classes (calls.cpp).
  Value* call(const python::Node& node, bool statement);
  Value* apply(Value* callee, Value* call, bool statement);
  Value* apply_one_of(Value* callees, Value* call, bool statement);
  Value* enter(Value* function, Value* call, bool for_value = false);
  Value* generate(Value* function, Value* call);
  Value* instantiate(Value* type, Value* call, bool statement);
  void bind_parameters(const Value& function, Scope& scope, Value* call);
  bool is_generator(const python::Node& function);
  bool is_enum(const Value* type);
  // Whether all that the class inherits is at hand.
  bool is_plain_class(const Value* type);
  std::vector<Value*> bases(const Value* type);
  Value* find_member(const Value* type, std::string_view name, int depth = 0);
  Value* class_attribute(Value* type, std::string_view name, Place place);
  Value* instance_attribute(Value* instance, std::string_view name, Place place);
  Value* bound(Value* function, Value* self, Place place);

  // Modules (modules.cpp).
  void run_imported(const python::Node& root);
  Value* resolve_import(Value* imported);
  // What a name is bound to, once imports and deferred expressions are looked into; null while that
  // is going on further out (modules that import each other).
  Value* settle(Scope& scope, std::string_view name, Value* value);
  Value* module_attribute(Value* module, std::string_view name, Place place);
  Value* module_value(const Module& module, std::string name, Place place);
  Value* namespace_item(Value* globals, Value* key, Place place);
  // The project's module of that name, or null.
  const Module* find_module(std::string_view importer, std::string_view name);

  // Methods and functions of Python's own (builtin.cpp, text_methods.cpp, containers.cpp).
  Value* builtin(std::string_view name, Value* call);
  Value* sequence_from(std::string_view name, Value* call);
  Value* range(Value* call);
  Value* zipped(Value* call);
  Value* dict_from(Value* call);
  Value* folded(std::string_view name, Value* call);
  Value* method(Value* object, std::string_view name, Value* call);
  Value* text_method(Value* object, std::string_view name, Value* call);
  Value* dict_method(Value* object, std::string_view name, Value* call);
  Value* sequence_method(Value* object, std::string_view name, Value* call);
  void merge_entries(Value& into, const std::vector<std::pair<Value*, Value*>>& entries);
  Value* format(std::string_view pattern, Value* call);
  Value* percent(Value* pattern, Value* arguments, Place place);
  Value* join_parts(const std::vector<Value*>& parts, Place place);
  Value* to_text(Value* value, Place place);
  // The elements, if they are known (some may be `maybe`, or the value open); null otherwise.
  const std::vector<Value*>* elements(Value* value);
  Value* integer(std::int64_t value, Place place);

  // Paths and the project's text files (paths.cpp).
  Value* path(std::string_view value, Place place);
  Value* file_name(Place place);  // __file__
  Value* path_below(const Value& folder, const Value& relative, Place place);
  Value* path_function(std::string_view name, Value* call);
  Value* path_attribute(Value* object, std::string_view name, Place place);
  Value* path_method(Value* object, std::string_view name, Value* call);
  Value* file_method(Value* object, std::string_view name, const Value* call);
  Value* lines_of(const Value& file);  // null: there are too many
  const Module* find_file(std::string_view path);
  bool is_file(std::string_view path);
  Value* open_file(std::string_view path, Place place);
  Value* file_text(std::string_view path, Place place);

  [[nodiscard]] Place place_of(const python::Node& node) const { return {module_, node.span}; }
  [[nodiscard]] const Condition* add_condition(Place place);
  void give_up(Place place, std::string_view why);

  Memory& memory_;
  Library* library_;
  Host& host_;
  Limits limits_;
  std::uint64_t steps_ = 0;
  bool gave_up_ = false;
  std::size_t depth_ = 0;
  std::size_t importing_ = 0;
  std::size_t rehearsing_ = 0;
  std::size_t attempting_ = 0;
  const Module* module_ = nullptr;
  Scope* scope_ = nullptr;
  const Condition* condition_ = nullptr;
  std::vector<Frame> frames_;
  Activation* activation_ = nullptr;
  Loop* loop_ = nullptr;
  Handler* handler_ = nullptr;
  Exits exits_;
  const python::Node* returned_ = nullptr;  // by `return`: what it is for is the function's matter
  std::uint64_t value_steps_ = 0;           // where the call for a value ends; 0: in none
  bool unwinding_ = false;  // a call raised on every way: the rest of the statement is not reached
  std::deque<Condition> conditions_;
  std::vector<std::function<void(Value*)>> yields_;  // what runs at a generator's yield
  std::set<std::string> probed_;
  std::map<const Module*, Scope*> modules_;
  std::map<const Value*, std::vector<std::pair<std::string_view, Value*>>> members_;
  std::unordered_map<const python::Node*, bool> generators_;
};

}  // namespace gauger::eval
