#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "python/nodes.hpp"

namespace gauger::python {
namespace {

constexpr int deepest_plain = 100;  // expressions and blocks, in functions calling each other

constexpr std::array<bool, 256> make_identifier_bytes() {
  std::array<bool, 256> bytes{};
  for (std::size_t i = 0; i < 26; ++i) {
    bytes['a' + i] = bytes['A' + i] = true;
  }
  for (std::size_t i = 0; i < 10; ++i) {
    bytes['0' + i] = true;
  }
  bytes['_'] = true;
  return bytes;
}

constexpr std::array<bool, 256> identifier_bytes = make_identifier_bytes();

bool is_identifier_byte(char byte) { return identifier_bytes[static_cast<unsigned char>(byte)]; }
bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
bool is_quote(char byte) { return byte == '"' || byte == '\''; }

// Sorted.
constexpr std::array<std::string_view, 35> keywords = {
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

bool is_keyword(std::string_view word) {
  return word.size() >= 2 && word.size() <= 8 &&
         std::binary_search(keywords.begin(), keywords.end(), word);
}

// A binary operator: what it is, how tightly it binds (0: none is here), how many bytes it has.
struct Binary {
  Operator op = Operator::none;
  int strength = 0;
  std::uint32_t size = 0;
};

}  // namespace

// Recursive descent over the bytes, by the grammar of the Python Language Reference. Once given up,
// it stands at the end of the text, where nothing is accepted, and ends quickly.
class PlainReader {
 public:
  PlainReader(std::string_view text, base::Span piece, Syntax& syntax)
      : text_(text.substr(0, piece.end)),
        at_(piece.begin),
        size_(piece.end),
        nodes_(*syntax.memory_) {}

  bool read(Syntax& syntax) {
    Collected statements(stack_);
    const std::uint32_t begin = at_;
    next_line();
    while (at_ < size_) {
      if (column_ != 0) {
        give_up();
        break;
      }
      statements.push(statement());
    }
    end_ = size_;
    const Node* root = node(NodeKind::block, begin, statements);
    syntax.root_ = root;
    return !given_up_ && root->height < deepest_expression;
  }

 private:
  using Nodes = std::vector<const Node*>;

  // Nodes on the way to become the children of one.
  class Collected {
   public:
    explicit Collected(Nodes& stack) : stack_(stack), first_(stack.size()) {}
    ~Collected() { stack_.resize(first_); }
    Collected(const Collected&) = delete;
    Collected& operator=(const Collected&) = delete;

    void push(const Node* node) { stack_.push_back(node); }
    [[nodiscard]] std::size_t size() const { return stack_.size() - first_; }
    [[nodiscard]] auto begin() const {
      return stack_.begin() + static_cast<std::ptrdiff_t>(first_);
    }
    [[nodiscard]] auto end() const { return stack_.end(); }
    [[nodiscard]] const Node* front() const { return stack_[first_]; }

   private:
    Nodes& stack_;
    std::size_t first_;
  };

  class Deeper {
   public:
    explicit Deeper(PlainReader& reader) : reader_(reader) {
      if (++reader_.depth_ > deepest_plain) {
        reader_.give_up();
      }
    }
    ~Deeper() { --reader_.depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    PlainReader& reader_;
  };

  const Node* give_up() {
    static constexpr Node nothing{};
    given_up_ = true;
    at_ = size_;
    return &nothing;
  }

  // Nodes that end with the last token.

  Node* node(NodeKind kind, std::uint32_t begin) { return nodes_.make(kind, {begin, end_}); }

  Node* node(NodeKind kind, std::uint32_t begin, const Collected& children) {
    Node* made = node(kind, begin);
    nodes_.set_children(*made, children.begin(), children.end());
    return made;
  }

  Node* node(NodeKind kind, std::uint32_t begin, std::initializer_list<const Node*> children) {
    Node* made = node(kind, begin);
    nodes_.set_children(*made, children);
    return made;
  }

  Node* leaf(NodeKind kind, std::uint32_t begin) {
    Node* made = node(kind, begin);
    made->text = base::slice(text_, made->span);
    return made;
  }

  // Tokens

  struct Comment {
    std::uint32_t column = 0;
    std::uint32_t end = 0;
  };

  [[nodiscard]] char peek(std::uint32_t ahead = 0) const {
    return at_ + ahead < size_ ? text_[at_ + ahead] : '\0';
  }

  void skip_comment() {
    const std::size_t end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? size_ : static_cast<std::uint32_t>(end);
  }

  // Blanks; in brackets also the ends of lines, and comments.
  void skip() {
    while (at_ < size_) {
      const char byte = text_[at_];
      if (byte == ' ' || byte == '\t' || (brackets_ > 0 && byte == '\n')) {
        ++at_;
      } else if (brackets_ > 0 && byte == '#') {
        skip_comment();
      } else if (byte == '\\' && peek(1) == '\n') {
        at_ += 2;
      } else {
        return;
      }
    }
  }

  void take(std::uint32_t bytes) {
    at_ = std::min(at_ + bytes, size_);  // it may have given up since it looked
    end_ = at_;
    skip();
  }

  bool take_if(char byte) {
    if (peek() != byte) {
      return false;
    }
    take(1);
    return true;
  }

  void expect(char byte) {
    if (!take_if(byte)) {
      give_up();
    }
  }

  // The identifier or keyword here; empty where there is none. Letters that are not ASCII end it,
  // and are then no token that is known.
  [[nodiscard]] std::string_view word() const {
    if (is_digit(peek())) {
      return {};
    }
    std::uint32_t end = at_;
    while (end < size_ && is_identifier_byte(text_[end])) {
      ++end;
    }
    return text_.substr(at_, end - at_);
  }

  bool take_word(std::string_view wanted) {
    if (word() != wanted) {
      return false;
    }
    take(static_cast<std::uint32_t>(wanted.size()));
    return true;
  }

  void expect_word(std::string_view wanted) {
    if (!take_word(wanted)) {
      give_up();
    }
  }

  std::string_view take_identifier() {
    const std::string_view name = word();
    if (name.empty() || is_keyword(name)) {
      give_up();
      return {};
    }
    take(static_cast<std::uint32_t>(name.size()));
    return name;
  }

  const Node* identifier() {
    const std::uint32_t begin = at_;
    take_identifier();
    return leaf(NodeKind::name, begin);
  }

  void open() {
    ++brackets_;
    take(1);
  }

  void close(char bracket) {
    if (peek() != bracket) {
      give_up();
      return;
    }
    --brackets_;
    take(1);
  }

  // Lines and blocks. Between statements the reader stands at the first token of the next one, and
  // `column_` is that token's.

  void next_line() {
    while (at_ < size_) {
      const std::uint32_t begin = at_;
      while (peek() == ' ') {
        ++at_;
      }
      if (peek() == '#') {
        const std::uint32_t column = at_ - begin;
        skip_comment();
        comments_.push_back({column, at_});
      }
      if (at_ < size_ && peek() != '\n') {
        column_ = at_ - begin;
        return;
      }
      at_ += at_ < size_ ? 1 : 0;
    }
  }

  void end_line() {
    comments_.clear();
    if (peek() == '#') {
      skip_comment();
      comments_.push_back({at_, at_});  // belongs to all blocks that end here
    }
    if (at_ < size_ && peek() != '\n') {
      give_up();
    }
    next_line();
  }

  const Node* block() {
    const Deeper deeper(*this);
    expect(':');
    end_line();
    const std::uint32_t outer = indent_;
    if (at_ >= size_ || column_ <= outer) {
      return give_up();
    }
    indent_ = column_;
    const std::uint32_t begin = at_;
    Collected statements(stack_);
    while (at_ < size_ && column_ == indent_) {
      statements.push(statement());
    }
    if (at_ < size_ && column_ > indent_) {
      return give_up();
    }
    for (const Comment& comment : comments_) {
      if (comment.column < indent_) {
        break;
      }
      end_ = std::max(end_, comment.end);  // a block has the comments that are indented like it
    }
    indent_ = outer;
    return node(NodeKind::block, begin, statements);
  }

  // Whether the statement goes on with such a clause, which is then begun.
  bool take_clause(std::string_view wanted) {
    return at_ < size_ && column_ == indent_ && take_word(wanted);
  }

  // Statements

  const Node* statement() {
    const std::string_view first = word();
    const std::uint32_t begin = at_;
    if (!is_keyword(first)) {
      if (first == "print" || first == "exec" || first == "match" || first == "type") {
        return give_up();  // may begin a statement of their own
      }
      return line(simple_statement(begin));
    }
    if (first == "None" || first == "True" || first == "False" || first == "not") {
      return line(simple_statement(begin));
    }
    take(static_cast<std::uint32_t>(first.size()));
    if (first == "def") {
      return function(begin);
    }
    if (first == "if") {
      return if_statement(begin, Branch::if_);
    }
    if (first == "for") {
      return for_statement(begin);
    }
    if (first == "while") {
      return while_statement(begin);
    }
    if (first == "with") {
      return with_statement(begin);
    }
    if (first == "try") {
      return try_statement(begin);
    }
    return line(keyword_statement(first, begin));
  }

  const Node* line(const Node* made) {
    end_line();
    return made;
  }

  const Node* keyword_statement(std::string_view word, std::uint32_t begin) {
    if (word == "import") {
      return import(begin);
    }
    if (word == "from") {
      return import_from(begin);
    }
    if (word == "pass") {
      return leaf(NodeKind::pass, begin);
    }
    if (word == "break") {
      return leaf(NodeKind::break_, begin);
    }
    if (word == "continue") {
      return leaf(NodeKind::continue_, begin);
    }
    if (word == "return") {
      return at_line_end() ? node(NodeKind::return_, begin) : with_one(NodeKind::return_, begin);
    }
    if (word == "raise") {
      return raise(begin);
    }
    if (word == "assert") {
      return assertion(begin);
    }
    if (word == "global" || word == "nonlocal") {
      Collected names(stack_);
      do {
        names.push(identifier());
      } while (take_if(','));
      return node(NodeKind::scope, begin, names);
    }
    return give_up();
  }

  [[nodiscard]] bool at_line_end() const { return at_ >= size_ || peek() == '\n' || peek() == '#'; }

  const Node* with_one(NodeKind kind, std::uint32_t begin) {
    const Node* value = expressions();
    return node(kind, begin, {value});
  }

  const Node* raise(std::uint32_t begin) {
    if (at_line_end()) {
      return node(NodeKind::raise, begin);
    }
    const Node* value = expression();
    if (!take_word("from")) {
      return node(NodeKind::raise, begin, {value});
    }
    const Node* cause = expression();
    return node(NodeKind::raise, begin, {value, cause});
  }

  const Node* assertion(std::uint32_t begin) {
    const Node* condition = expression();
    if (!take_if(',')) {
      return node(NodeKind::assert_, begin, {condition});
    }
    const Node* message = expression();
    return node(NodeKind::assert_, begin, {condition, message});
  }

  // "a.b", without blanks inside.
  std::string_view dotted_name() {
    std::uint32_t end = at_;
    while (true) {
      const std::uint32_t begin = end;
      while (end < size_ && is_identifier_byte(text_[end])) {
        ++end;
      }
      const std::string_view part = text_.substr(begin, end - begin);
      if (part.empty() || is_digit(part.front()) || is_keyword(part)) {
        give_up();
        return {};
      }
      if (end >= size_ || text_[end] != '.') {
        break;
      }
      ++end;
    }
    const std::string_view name = text_.substr(at_, end - at_);
    take(static_cast<std::uint32_t>(name.size()));
    return name;
  }

  const Node* alias(std::string_view (PlainReader::*name)()) {
    const std::uint32_t begin = at_;
    const std::string_view text = (this->*name)();
    Node* made = nullptr;
    if (take_word("as")) {
      const Node* bound = identifier();
      made = node(NodeKind::alias, begin, {bound});
    } else {
      made = node(NodeKind::alias, begin);
    }
    made->text = text;
    return made;
  }

  const Node* import(std::uint32_t begin) {
    Collected names(stack_);
    do {
      names.push(alias(&PlainReader::dotted_name));
    } while (take_if(','));
    return node(NodeKind::import, begin, names);
  }

  const Node* import_from(std::uint32_t begin) {
    const std::uint32_t module_begin = at_;
    while (peek() == '.') {
      ++at_;
    }
    if (is_identifier_byte(peek())) {
      dotted_name();
    } else {
      take(0);
    }
    const std::string_view module = text_.substr(module_begin, end_ - module_begin);
    expect_word("import");
    if (module.empty() || module == "__future__") {
      return give_up();
    }
    Collected names(stack_);
    if (!take_if('*')) {
      const bool bracket = peek() == '(';
      if (bracket) {
        open();
      }
      do {
        names.push(alias(&PlainReader::take_identifier));
      } while (take_if(',') && !(bracket && peek() == ')'));
      if (bracket) {
        close(')');
      }
    }
    Node* made = node(NodeKind::import_from, begin, names);
    made->text = module;
    return made;
  }

  // An expression, an assignment of any kind.
  const Node* simple_statement(std::uint32_t begin) {
    const Node* left = nullptr;
    Collected parts(stack_);
    bool comma = false;
    do {
      parts.push(expression());
      comma = take_if(',');
    } while (comma && !at_line_end() && peek() != '=');
    const bool several = comma || parts.size() > 1;
    left = several ? node(NodeKind::tuple, begin, parts) : parts.front();
    if (peek() == '=' && peek(1) != '=') {
      return assignment(begin, left);
    }
    if (peek() == ':' && !several) {
      return annotated(begin, left);
    }
    if (at_line_end() && !(comma && is_target(parts.front()))) {
      return node(NodeKind::expression_statement, begin, {left});
    }
    // tree-sitter-python reads on to the next line where `a,` could begin an assignment.
    return several ? give_up() : augmented(begin, left);
  }

  static bool is_target(const Node* node) {
    return node->kind == NodeKind::name || node->kind == NodeKind::attribute ||
           node->kind == NodeKind::subscript;
  }

  // In brackets of its own a target is told from an expression by tree-sitter alone.
  void check_target(const Node* target, std::uint32_t begin) {
    const bool good = target->kind == NodeKind::tuple
                          ? std::all_of(target->children.begin(), target->children.end(), is_target)
                          : is_target(target);
    if (!good || text_[begin] == '(') {
      give_up();
    }
  }

  const Node* assignment(std::uint32_t begin, const Node* left) {
    Collected parts(stack_);
    check_target(left, begin);
    parts.push(left);
    while (take_if('=')) {
      if (parts.size() > 1) {
        check_target(*(parts.end() - 1), (*(parts.end() - 1))->span.begin);
      }
      parts.push(expressions());
    }
    return node(NodeKind::assign, begin, parts);
  }

  const Node* annotation() {
    const std::uint32_t begin = at_;
    in_annotation_ = true;
    do {
      primary();
    } while (take_if('|'));
    in_annotation_ = false;
    return leaf(NodeKind::other, begin);
  }

  const Node* annotated(std::uint32_t begin, const Node* target) {
    check_target(target, begin);
    take(1);
    const Node* type = annotation();
    const Node* value = take_if('=') ? expressions() : nullptr;
    return node(NodeKind::annotated, begin, {target, type, value});
  }

  const Node* augmented(std::uint32_t begin, const Node* target) {
    const Binary found = binary_operator();
    if (found.strength == 0 || peek(found.size) != '=') {
      return give_up();
    }
    check_target(target, begin);
    take(found.size + 1);
    const Node* value = expressions();
    Node* made = node(NodeKind::augmented, begin, {target, value});
    made->op = found.op;
    return made;
  }

  const Node* function(std::uint32_t begin) {
    const std::string_view name = take_identifier();
    const Node* list = parameters();
    if (peek() == '-' && peek(1) == '>') {
      take(2);
      annotation();
    }
    const Node* body = block();
    Node* made = node(NodeKind::function, begin, {list, body});
    made->text = name;
    return made;
  }

  const Node* parameters() {
    const std::uint32_t begin = at_;
    if (peek() != '(') {
      return give_up();
    }
    open();
    Collected list(stack_);
    while (at_ < size_ && peek() != ')') {
      list.push(parameter());
      if (!take_if(',')) {
        break;
      }
    }
    close(')');
    return node(NodeKind::parameters, begin, list);
  }

  const Node* parameter() {
    const std::uint32_t begin = at_;
    const std::string_view name = take_identifier();
    Node* made = node(NodeKind::parameter, begin);
    if (take_if(':')) {
      annotation();
    }
    if (peek() == '=' && peek(1) != '=') {
      take(1);
      const Node* value = expression();
      made = node(NodeKind::parameter, begin, {value});
    }
    made->text = name;
    return made;
  }

  // An `elif` ends where the next clause begins.
  enum class Branch : std::uint8_t { if_, elif };
  const Node* if_statement(std::uint32_t begin, Branch branch) {
    const Deeper deeper(*this);
    const Node* condition = expression();
    const Node* body = block();
    const base::Span own{begin, end_};
    const Node* otherwise = nullptr;
    const std::uint32_t next = at_;
    if (take_clause("elif")) {
      otherwise = if_statement(next, Branch::elif);
    } else if (take_clause("else")) {
      otherwise = block();
    }
    Node* made = node(NodeKind::if_, begin, {condition, body, otherwise});
    if (branch == Branch::elif) {
      made->span = own;
    }
    return made;
  }

  const Node* for_statement(std::uint32_t begin) {
    const Node* target = loop_target();
    expect_word("in");
    const Node* iterable = expressions();
    const Node* body = block();
    if (!take_clause("else")) {
      return node(NodeKind::for_, begin, {target, iterable, body});
    }
    const Node* otherwise = block();
    return node(NodeKind::for_, begin, {target, iterable, body, otherwise});
  }

  const Node* while_statement(std::uint32_t begin) {
    const Node* condition = expression();
    const Node* body = block();
    if (!take_clause("else")) {
      return node(NodeKind::while_, begin, {condition, body});
    }
    const Node* otherwise = block();
    return node(NodeKind::while_, begin, {condition, body, otherwise});
  }

  const Node* with_statement(std::uint32_t begin) {
    Collected parts(stack_);
    do {
      parts.push(with_item());
    } while (take_if(','));
    parts.push(block());
    return node(NodeKind::with, begin, parts);
  }

  const Node* with_item() {
    const std::uint32_t begin = at_;
    if (peek() == '(') {
      return give_up();  // around the items, or around an expression
    }
    const Node* value = expression();
    if (!take_word("as")) {
      return node(NodeKind::with_item, begin, {value});
    }
    const Node* target = identifier();
    return node(NodeKind::with_item, begin, {value, target});
  }

  const Node* try_statement(std::uint32_t begin) {
    Collected parts(stack_);
    parts.push(block());
    std::uint32_t next = at_;
    while (take_clause("except")) {
      parts.push(handler(next));
      next = at_;
    }
    for (const auto& [word, kind] :
         {std::pair("else", NodeKind::else_), std::pair("finally", NodeKind::finally_)}) {
      next = at_;
      if (take_clause(word)) {
        const Node* body = block();
        parts.push(node(kind, next, {body}));
      }
    }
    return parts.size() > 1 ? node(NodeKind::try_, begin, parts) : give_up();
  }

  const Node* handler(std::uint32_t begin) {
    const Node* type = nullptr;
    std::string_view name;
    if (peek() != ':') {
      type = expression();
      if (take_word("as")) {
        name = take_identifier();
      }
    }
    const Node* body = block();
    Node* made = node(NodeKind::handler, begin, {type, body});
    made->text = name;
    return made;
  }

  // Expressions

  // One, or a tuple without brackets.
  const Node* expressions() {
    const std::uint32_t begin = at_;
    const Node* first = expression();
    if (peek() != ',') {
      return first;
    }
    Collected items(stack_);
    items.push(first);
    while (take_if(',') && !at_line_end() && peek() != '=' && peek() != ':') {
      items.push(expression());
    }
    return node(NodeKind::tuple, begin, items);
  }

  const Node* expression() {
    const Deeper deeper(*this);
    const std::uint32_t begin = at_;
    const Node* value = disjunction();
    if (!take_word("if")) {
      return value;
    }
    const Node* condition = disjunction();
    expect_word("else");
    const Node* otherwise = expression();
    return node(NodeKind::conditional, begin, {value, condition, otherwise});
  }

  const Node* disjunction() {
    const std::uint32_t begin = at_;
    const Node* left = conjunction();
    while (take_word("or")) {
      const Node* right = conjunction();
      left = with_operator(node(NodeKind::boolean, begin, {left, right}), Operator::or_);
    }
    return left;
  }

  const Node* conjunction() {
    const std::uint32_t begin = at_;
    const Node* left = inversion();
    while (take_word("and")) {
      const Node* right = inversion();
      left = with_operator(node(NodeKind::boolean, begin, {left, right}), Operator::and_);
    }
    return left;
  }

  const Node* inversion() {
    const std::uint32_t begin = at_;
    if (!take_word("not")) {
      return comparison();
    }
    const Deeper deeper(*this);
    const Node* operand = inversion();
    return with_operator(node(NodeKind::unary, begin, {operand}), Operator::not_);
  }

  static const Node* with_operator(Node* node, Operator op) {
    node->op = op;
    return node;
  }

  const Node* comparison() {
    const std::uint32_t begin = at_;
    const Node* left = binary(1);
    const Node* op = comparison_operator();
    if (op == nullptr) {
      return left;
    }
    Collected parts(stack_);
    parts.push(left);
    for (; op != nullptr; op = comparison_operator()) {
      parts.push(op);
      parts.push(binary(1));
    }
    return node(NodeKind::compare, begin, parts);
  }

  const Node* comparison_operator() {
    const std::uint32_t begin = at_;
    const Operator op = take_comparison();
    return op == Operator::none ? nullptr : with_operator(node(NodeKind::operator_, begin), op);
  }

  Operator take_comparison() {
    const bool equal = peek(1) == '=';
    const std::uint32_t size = equal ? 2 : 1;
    switch (peek()) {
      case '<':
        take(size);
        return equal ? Operator::less_equal : Operator::less;
      case '>':
        take(size);
        return equal ? Operator::greater_equal : Operator::greater;
      case '=':
        if (equal) {
          take(2);
        }
        return equal ? Operator::equal : Operator::none;
      case '!':
        if (equal) {
          take(2);
        }
        return equal ? Operator::not_equal : Operator::none;
      case 'i':
        if (take_word("in")) {
          return Operator::in;
        }
        if (take_word("is")) {
          return take_word("not") ? Operator::is_not : Operator::is;
        }
        return Operator::none;
      case 'n':
        if (!take_word("not")) {
          return Operator::none;
        }
        expect_word("in");
        return Operator::not_in;
      default:
        return Operator::none;
    }
  }

  // What is here, also where "=" follows. Not "^", which tree-sitter-python has bind wrongly.
  [[nodiscard]] Binary binary_operator() const {
    const char first = peek();
    const bool twice = peek(1) == first;
    switch (first) {
      case '|':
        return {Operator::bit_or, 1, 1};
      case '&':
        return {Operator::bit_and, 3, 1};
      case '<':
        return twice ? Binary{Operator::shift_left, 4, 2} : Binary{};
      case '>':
        return twice ? Binary{Operator::shift_right, 4, 2} : Binary{};
      case '+':
        return {Operator::add, 5, 1};
      case '-':
        return {Operator::subtract, 5, 1};
      case '*':
        return twice ? Binary{Operator::power, 8, 2} : Binary{Operator::multiply, 6, 1};
      case '/':
        return twice ? Binary{Operator::floor_divide, 6, 2} : Binary{Operator::divide, 6, 1};
      case '%':
        return {Operator::modulo, 6, 1};
      case '@':
        return {Operator::matrix_multiply, 6, 1};
      default:
        return {};
    }
  }

  const Node* binary(int weakest) {
    const std::uint32_t begin = at_;
    const Node* left = unary();
    while (true) {
      const Binary found = binary_operator();
      if (found.strength < weakest || found.strength > 6 || peek(found.size) == '=') {
        return left;
      }
      take(found.size);
      const Node* right = binary(found.strength + 1);
      left = with_operator(node(NodeKind::binary, begin, {left, right}), found.op);
    }
  }

  const Node* unary() {
    const std::uint32_t begin = at_;
    Operator op = Operator::none;
    switch (peek()) {
      case '-':
        op = Operator::subtract;
        break;
      case '+':
        op = Operator::add;
        break;
      case '~':
        op = Operator::invert;
        break;
      default:
        return power();
    }
    const Deeper deeper(*this);
    take(1);
    const Node* operand = unary();
    return with_operator(node(NodeKind::unary, begin, {operand}), op);
  }

  // `**` binds to the right, which tree-sitter-python has otherwise where there are several.
  const Node* power() {
    const std::uint32_t begin = at_;
    const Node* left = primary();
    if (peek() != '*' || peek(1) != '*' || peek(2) == '=') {
      return left;
    }
    take(2);
    const Node* right = primary();
    if (peek() == '*' && peek(1) == '*') {
      return give_up();
    }
    return with_operator(node(NodeKind::binary, begin, {left, right}), Operator::power);
  }

  const Node* primary() {
    const std::uint32_t begin = at_;
    const Node* value = atom();
    while (true) {
      switch (peek()) {
        case '.': {
          take(1);
          const std::string_view name = take_identifier();
          Node* made = node(NodeKind::attribute, begin, {value});
          made->text = name;
          value = made;
          break;
        }
        case '(':
          value = call(begin, value);
          break;
        case '[':
          value = subscript(begin, value);
          break;
        default:
          return value;
      }
    }
  }

  const Node* call(std::uint32_t begin, const Node* callee) {
    Collected parts(stack_);
    parts.push(callee);
    const std::uint32_t bracket = at_;
    open();
    while (at_ < size_ && peek() != ')') {
      const Node* part = argument();
      if (word() == "for") {
        if (parts.size() > 1) {
          return give_up();
        }
        parts.push(comprehension(NodeKind::generator, bracket, part, ')'));
        return node(NodeKind::call, begin, parts);
      }
      parts.push(part);
      if (!take_if(',')) {
        break;
      }
    }
    close(')');
    return node(NodeKind::call, begin, parts);
  }

  const Node* argument() {
    const std::uint32_t begin = at_;
    if (peek() == '*') {
      return starred(peek(1) == '*' ? NodeKind::double_starred : NodeKind::starred);
    }
    const std::string_view name = word();
    if (!name.empty() && !is_keyword(name)) {
      std::uint32_t after = at_ + static_cast<std::uint32_t>(name.size());
      while (after < size_ && text_[after] == ' ') {
        ++after;
      }
      if (after + 1 < size_ && text_[after] == '=' && text_[after + 1] != '=') {
        take(static_cast<std::uint32_t>(name.size()));
        take(1);
        const Node* value = expression();
        Node* made = node(NodeKind::keyword, begin, {value});
        made->text = name;
        return made;
      }
    }
    return expression();
  }

  const Node* starred(NodeKind kind) {
    const std::uint32_t begin = at_;
    take(kind == NodeKind::starred ? 1 : 2);
    const Node* value = primary();
    return node(kind, begin, {value});
  }

  const Node* subscript(std::uint32_t begin, const Node* object) {
    Collected parts(stack_);
    parts.push(object);
    open();
    do {
      parts.push(index());
    } while (take_if(','));
    close(']');
    return node(NodeKind::subscript, begin, parts);
  }

  const Node* index() {
    const std::uint32_t begin = at_;
    std::array<const Node*, 3> bounds{};
    if (peek() != ':') {
      bounds[0] = expression();
      if (peek() != ':') {
        return bounds[0];
      }
    }
    for (std::size_t i = 1; i < bounds.size() && take_if(':'); ++i) {
      if (peek() != ':' && peek() != ']' && peek() != ',') {
        bounds.at(i) = expression();
      }
    }
    if (in_annotation_) {
      return give_up();  // to tree-sitter these are types
    }
    Node* made = node(NodeKind::slice, begin);
    nodes_.set_children(*made, bounds.begin(), bounds.end());
    return made;
  }

  // At a "for" behind the element; `begin` is the opening bracket.
  const Node* comprehension(NodeKind kind, std::uint32_t begin, const Node* element, char bracket) {
    Collected parts(stack_);
    parts.push(element);
    while (true) {
      const std::uint32_t clause = at_;
      if (take_word("for")) {
        const Node* target = loop_target();
        expect_word("in");
        const Node* iterable = disjunction();
        parts.push(node(NodeKind::for_clause, clause, {target, iterable}));
      } else if (take_word("if")) {
        const Node* condition = disjunction();
        parts.push(node(NodeKind::if_clause, clause, {condition}));
      } else {
        break;
      }
    }
    close(bracket);
    return node(kind, begin, parts);
  }

  const Node* loop_target() {
    const std::uint32_t begin = at_;
    Collected names(stack_);
    bool several = false;
    do {
      names.push(primary());
      check_target(names.front(), begin);
    } while (take_if(',') && (several = true) && word() != "in");
    const Node* target = several ? node(NodeKind::tuple, begin, names) : names.front();
    check_target(target, begin);
    return target;
  }

  const Node* atom() {
    const char first = peek();
    const std::uint32_t begin = at_;
    if (is_quote(first)) {
      return string();
    }
    if (is_identifier_byte(first) && !is_digit(first)) {
      const std::string_view name = word();
      if (is_quote(peek(static_cast<std::uint32_t>(name.size())))) {
        return string();
      }
      return is_keyword(name) ? constant(name) : identifier();
    }
    if (is_digit(first)) {
      return number();
    }
    switch (first) {
      case '(':
        return parenthesized();
      case '[':
        return list();
      case '{':
        return dict_or_set();
      case '.':
        if (peek(1) == '.' && peek(2) == '.') {
          take(3);
          return leaf(NodeKind::ellipsis, begin);
        }
        return give_up();
      default:
        return give_up();
    }
  }

  const Node* constant(std::string_view name) {
    const std::uint32_t begin = at_;
    NodeKind kind = NodeKind::none;
    if (name == "True") {
      kind = NodeKind::true_;
    } else if (name == "False") {
      kind = NodeKind::false_;
    } else if (name != "None") {
      return give_up();
    }
    take(static_cast<std::uint32_t>(name.size()));
    return leaf(kind, begin);
  }

  // Digits, with at most one dot among or behind them.
  const Node* number() {
    const std::uint32_t begin = at_;
    std::uint32_t end = at_;
    int dots = 0;
    while (end < size_ && (is_identifier_byte(text_[end]) || text_[end] == '.')) {
      if (text_[end] == '.') {
        ++dots;
      } else if (!is_digit(text_[end])) {
        return give_up();
      }
      ++end;
    }
    if (dots > 1 || (dots == 0 && text_[begin] == '0' && end - begin > 1)) {
      return give_up();
    }
    take(end - begin);
    return leaf(NodeKind::number, begin);
  }

  const Node* string() {
    const std::uint32_t begin = at_;
    const Node* first = string_literal();
    if (!at_string()) {
      return first;
    }
    std::string value(first->text);
    while (at_string()) {
      const Node* next = string_literal();
      if (next->kind != first->kind) {
        return give_up();
      }
      value += next->text;
    }
    Node* made = node(first->kind, begin);
    made->text = nodes_.keep(value);
    return made;
  }

  [[nodiscard]] bool at_string() const {
    return is_quote(peek()) ||
           (is_identifier_byte(peek()) &&
            is_quote(peek(static_cast<std::uint32_t>(word().size()))) && !word().empty());
  }

  const Node* string_literal() {
    const std::uint32_t begin = at_;
    const std::string_view prefix = word();
    bool raw = false;
    NodeKind kind = NodeKind::string;
    for (const char letter : prefix) {
      switch (letter | 0x20) {
        case 'r':
          raw = true;
          break;
        case 'b':
          kind = NodeKind::bytes;
          break;
        case 'u':
          break;
        default:
          return give_up();
      }
    }
    if (prefix.size() > 2) {
      return give_up();
    }
    const std::uint32_t body = find_body(begin + static_cast<std::uint32_t>(prefix.size()));
    const std::uint32_t quotes = body - begin - static_cast<std::uint32_t>(prefix.size());
    const std::optional<std::uint32_t> end = find_end(body, quotes);
    if (!end) {
      return give_up();
    }
    take(*end + quotes - begin);
    Node* made = node(kind, begin);
    const std::string_view source = text_.substr(body, *end - body);
    made->text = raw || kind == NodeKind::bytes ? source : nodes_.decoded(source);
    return made;
  }

  [[nodiscard]] std::uint32_t find_body(std::uint32_t quote) const {
    const bool triple =
        quote + 2 < size_ && text_[quote + 1] == text_[quote] && text_[quote + 2] == text_[quote];
    return quote + (triple ? 3 : 1);
  }

  // Where the closing quotes begin; nothing where there are none.
  [[nodiscard]] std::optional<std::uint32_t> find_end(std::uint32_t body,
                                                      std::uint32_t quotes) const {
    const char quote = text_[body - 1];
    for (std::uint32_t i = body; i < size_; ++i) {
      const char byte = text_[i];
      if (byte == '\\') {
        ++i;
      } else if (byte == quote && (quotes == 1 || (i + 2 < size_ && text_[i + 1] == quote &&
                                                   text_[i + 2] == quote))) {
        return i;
      } else if (byte == '\r' || byte == '\0' || (byte == '\n' && quotes == 1)) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  const Node* element() {
    return peek() == '*' && peek(1) != '*' ? starred(NodeKind::starred) : expression();
  }

  const Node* parenthesized() {
    const std::uint32_t begin = at_;
    open();
    Collected items(stack_);
    bool comma = false;
    while (at_ < size_ && peek() != ')') {
      items.push(element());
      if (items.size() == 1 && word() == "for") {
        return comprehension(NodeKind::generator, begin, items.front(), ')');
      }
      comma = take_if(',');
      if (!comma) {
        break;
      }
    }
    close(')');
    if (items.size() != 1 || comma) {
      return node(NodeKind::tuple, begin, items);
    }
    return items.front()->kind == NodeKind::starred ? give_up() : items.front();
  }

  const Node* list() {
    const std::uint32_t begin = at_;
    open();
    Collected items(stack_);
    while (at_ < size_ && peek() != ']') {
      items.push(element());
      if (items.size() == 1 && word() == "for") {
        return comprehension(NodeKind::list_comprehension, begin, items.front(), ']');
      }
      if (!take_if(',')) {
        break;
      }
    }
    close(']');
    return node(NodeKind::list, begin, items);
  }

  const Node* dict_or_set() {
    const std::uint32_t begin = at_;
    open();
    Collected items(stack_);
    NodeKind kind = NodeKind::dict;
    while (at_ < size_ && peek() != '}') {
      const bool is_first = items.size() == 0;
      const Node* item = dict_item();
      const NodeKind here = item->kind == NodeKind::pair || item->kind == NodeKind::double_starred
                                ? NodeKind::dict
                                : NodeKind::set;
      if (is_first) {
        kind = here;
      } else if (kind != here) {
        return give_up();
      }
      items.push(item);
      if (is_first && word() == "for") {
        return comprehension(
            kind == NodeKind::dict ? NodeKind::dict_comprehension : NodeKind::set_comprehension,
            begin, item, '}');
      }
      if (!take_if(',')) {
        break;
      }
    }
    close('}');
    return node(kind, begin, items);
  }

  const Node* dict_item() {
    const std::uint32_t begin = at_;
    if (peek() == '*') {
      return starred(peek(1) == '*' ? NodeKind::double_starred : NodeKind::starred);
    }
    const Node* key = expression();
    if (!take_if(':')) {
      return key;
    }
    const Node* value = expression();
    return node(NodeKind::pair, begin, {key, value});
  }

  std::string_view text_;
  std::uint32_t at_;
  std::uint32_t size_;
  std::uint32_t end_ = 0;     // of the last token
  std::uint32_t column_ = 0;  // of the first token of this line
  std::uint32_t indent_ = 0;  // of this block
  int brackets_ = 0;          // that are open
  int depth_ = 0;
  bool in_annotation_ = false;
  bool given_up_ = false;
  NodeMaker nodes_;
  Nodes stack_;
  std::vector<Comment> comments_;  // before the line where the reader stands
};

std::optional<Syntax> parse_plain(std::string_view text, base::Span piece) {
  std::optional<Syntax> syntax{std::in_place};
  if (!PlainReader(text, piece, *syntax).read(*syntax)) {
    syntax.reset();
  }
  return syntax;
}

}  // namespace gauger::python
