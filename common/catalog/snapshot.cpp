#include "catalog/snapshot.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/hash.hpp"
#include "catalog/whereabouts.hpp"

namespace gauger::catalog {
namespace {

// The parts of each kind of thing, for writing and reading alike.

template <class T, class Thing>
concept Same = std::same_as<std::remove_const_t<T>, Thing>;

auto parts(Same<QualifiedName> auto& it) { return std::tie(it.schema, it.name); }
auto parts(Same<Column> auto& it) {
  return std::tie(it.name, it.type, it.nullable, it.default_, it.identity, it.generated_virtual,
                  it.may_own_sequence, it.generated, it.collation, it.comment, it.identity_options,
                  it.certainty);
}
auto parts(Same<Constraint> auto& it) {
  return std::tie(it.name, it.kind, it.columns, it.expression, it.referenced, it.referenced_columns,
                  it.on_delete, it.on_update, it.valid, it.enforced, it.no_inherit, it.deferrable,
                  it.initially_deferred, it.nulls_not_distinct, it.match_full, it.period,
                  it.inherited, it.columns_known, it.certainty);
}
auto parts(Same<IndexKey> auto& it) {
  return std::tie(it.column, it.expression, it.operator_class, it.collation, it.descending,
                  it.nulls_first, it.nulls_last);
}
auto parts(Same<Index> auto& it) {
  return std::tie(it.name, it.keys, it.included, it.method, it.predicate, it.constraint, it.unique,
                  it.nulls_not_distinct, it.valid, it.options, it.inherited, it.keys_known,
                  it.own_names, it.certainty);
}
auto parts(Same<Table> auto& it) {
  return std::tie(it.name, it.columns, it.constraints, it.indexes, it.partition_strategy,
                  it.partition_key, it.partition_of, it.default_partition, it.partition_bounds,
                  it.inherits, it.unlogged, it.row_security, it.row_security_forced, it.triggers,
                  it.trigger_functions, it.policies, it.trigger_definitions, it.policy_definitions,
                  it.trigger_columns, it.policy_columns, it.comment, it.columns_known, it.certainty,
                  it.created_in);
}
auto parts(Same<Enum> auto& it) {
  return std::tie(it.name, it.labels, it.labels_known, it.certainty, it.created_in);
}
auto parts(Same<Domain> auto& it) {
  return std::tie(it.name, it.type, it.not_null, it.default_, it.collation, it.checks,
                  it.certainty);
}
auto parts(Same<View> auto& it) {
  return std::tie(it.name, it.materialized, it.populated, it.definition, it.reads, it.indexes,
                  it.certainty);
}
auto parts(Same<Sequence> auto& it) {
  return std::tie(it.name, it.owner, it.owner_column, it.type, it.options);
}
auto parts(Same<Function> auto& it) {
  return std::tie(it.name, it.arguments, it.definition, it.volatility);
}
// The whereabouts are made again from the tables.
auto parts(Same<Catalog> auto& it) {
  return std::tie(it.tables, it.enums, it.domains, it.views, it.sequences, it.functions, it.schemas,
                  it.extensions, it.complete);
}

// A thing with a part that is not listed above does not compile.

struct Anything {
  template <class T>
  operator T() const {  // NOLINT(google-explicit-constructor)
    std::abort();       // never called
  }
};

template <class T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...> /*count*/) {
  return requires { T{(static_cast<void>(I), Anything{})...}; };
}

template <class T, std::size_t Count = 0>
constexpr std::size_t field_count() {
  if constexpr (takes<T>(std::make_index_sequence<Count + 1>{})) {
    return field_count<T, Count + 1>();
  } else {
    return Count;
  }
}

template <class T>
concept Thing = requires(T& it) {
  parts(it);
};

template <Thing T>
constexpr bool all_parts_listed() {
  return std::tuple_size_v<decltype(parts(std::declval<T&>()))> == field_count<T>();
}

static_assert(all_parts_listed<QualifiedName>() && all_parts_listed<Column>() &&
              all_parts_listed<Constraint>() && all_parts_listed<IndexKey>() &&
              all_parts_listed<Index>() && all_parts_listed<Table>() && all_parts_listed<Enum>() &&
              all_parts_listed<Domain>() && all_parts_listed<View>() &&
              all_parts_listed<Sequence>() && all_parts_listed<Function>());
static_assert(std::tuple_size_v<decltype(parts(std::declval<Catalog&>()))> + 1 ==
              field_count<Catalog>());

class Writer {
 public:
  explicit Writer(std::function<void(std::string_view)> put) : put_(std::move(put)) {}

  // Hands on what has not been yet.
  void flush() {
    put_(out_);
    out_.clear();
  }

  void write(std::string_view text) {
    constexpr std::size_t piece = 65536;
    if (out_.size() >= piece) {
      flush();
    }
    write(static_cast<std::uint32_t>(text.size()));
    out_ += text;
  }
  void write(const std::string& text) { write(std::string_view(text)); }
  void write(const base::RareText& text) { write(std::string_view(text.text())); }
  void write(std::uint32_t number) {
    // Most are small: seven bits a byte.
    for (; number >= 0x80; number >>= 7U) {
      out_ += static_cast<char>(number | 0x80U);
    }
    out_ += static_cast<char>(number);
  }
  void write(bool value) { out_ += value ? '\1' : '\0'; }
  template <class T>
  requires std::is_enum_v<T>
  void write(T value) {
    static_assert(sizeof(T) == 1);
    out_ += static_cast<char>(value);
  }
  template <class T>
  void write(const std::optional<T>& value) {
    write(value.has_value());
    if (value) {
      write(*value);
    }
  }
  template <class T>
  void write(const std::vector<T>& values) {
    write(static_cast<std::uint32_t>(values.size()));
    for (const T& value : values) {
      write(value);
    }
  }
  template <class Key, class T>
  void write(const std::map<Key, T>& values) {
    write(static_cast<std::uint32_t>(values.size()));
    for (const auto& [key, value] : values) {
      write(key);
      write(value);
    }
  }
  template <Thing T>
  void write(const T& thing) {
    std::apply([&](const auto&... part) { (write(part), ...); }, parts(thing));
  }

 private:
  std::function<void(std::string_view)> put_;
  std::string out_;
};

// Behind the end there are zeros: what is not whole is found out by `good()`, once.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool good() const { return good_ && bytes_.empty(); }

  void read(std::string& text) {
    const std::uint32_t size = take_size();
    text = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
  }
  void read(base::RareText& text) {
    std::string plain;
    read(plain);
    text = std::move(plain);
  }
  void read(std::uint32_t& number) {
    number = 0;
    for (unsigned shift = 0; shift < 32; shift += 7) {
      const auto byte = static_cast<unsigned char>(take());
      number |= static_cast<std::uint32_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) {
        return;
      }
    }
    good_ = false;
  }
  void read(bool& value) { value = take() != '\0'; }
  template <class T>
  requires std::is_enum_v<T>
  void read(T& value) { value = static_cast<T>(take()); }
  template <class T>
  void read(std::optional<T>& value) {
    bool there = false;
    read(there);
    if (there) {
      read(value.emplace());
    }
  }
  template <class T>
  void read(std::vector<T>& values) {
    values.resize(take_size());
    for (T& value : values) {
      read(value);
    }
  }
  template <class Key, class T>
  void read(std::map<Key, T>& values) {
    for (std::uint32_t left = take_size(); left > 0; --left) {
      Key key{};
      read(key);
      read(values.emplace_hint(values.end(), std::move(key), T{})->second);
    }
  }
  template <Thing T>
  void read(T& thing) {
    std::apply([&](auto&... part) { (read(part), ...); }, parts(thing));
  }

 private:
  char take() {
    if (bytes_.empty()) {
      good_ = false;
      return '\0';
    }
    const char byte = bytes_.front();
    bytes_.remove_prefix(1);
    return byte;
  }

  // Of things of at least a byte each.
  std::uint32_t take_size() {
    std::uint32_t size = 0;
    read(size);
    if (size > bytes_.size()) {
      good_ = false;
      return 0;
    }
    return size;
  }

  std::string_view bytes_;
  bool good_ = true;
};

}  // namespace

// The hash of all that goes before comes last.
void to_bytes(const Catalog& catalog, const std::function<void(std::string_view)>& put) {
  base::ContentHash hash;
  Writer writer([&](std::string_view piece) {
    hash.add(piece);
    put(piece);
  });
  writer.write(catalog.whereabouts.has_value());
  writer.write(catalog);
  writer.flush();
  put(hash.text());
}

std::optional<Catalog> from_bytes(std::string_view bytes) {
  const std::size_t hash_size = base::content_hash({}).size();
  if (bytes.size() < hash_size) {
    return std::nullopt;
  }
  const std::string_view body = bytes.substr(0, bytes.size() - hash_size);
  if (base::content_hash(body) != bytes.substr(body.size())) {
    return std::nullopt;
  }
  Reader reader(body);
  std::optional<Catalog> catalog{std::in_place};
  bool has_whereabouts = false;
  reader.read(has_whereabouts);
  reader.read(*catalog);
  if (!reader.good()) {
    return std::nullopt;
  }
  if (has_whereabouts) {
    catalog->whereabouts.emplace();
    for (const auto& [name, table] : catalog->tables) {
      note(*catalog->whereabouts, table);
    }
  }
  return catalog;
}

}  // namespace gauger::catalog
