#include "database/dsn.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "base/dsn.hpp"

namespace gauger::database {
namespace {

using base::Result;

struct Url {
  std::string_view dialect;  // "postgresql"
  std::string_view driver;   // "asyncpg"; empty: none named
  std::string_view place;    // "user:password@host:port"
  std::string_view path;     // with its "/"; empty: none
  std::string_view query;    // without its "?"
};

std::optional<Url> split_url(std::string_view dsn) {
  const std::size_t scheme = dsn.find("://");
  if (scheme == std::string_view::npos ||
      dsn.substr(0, scheme).find_first_of("= ") != std::string_view::npos) {
    return std::nullopt;
  }
  Url url;
  url.dialect = dsn.substr(0, scheme);
  if (const std::size_t plus = url.dialect.find('+'); plus != std::string_view::npos) {
    url.driver = url.dialect.substr(plus + 1);
    url.dialect = url.dialect.substr(0, plus);
  }
  std::string_view rest = dsn.substr(scheme + 3);
  const std::size_t question = std::min(rest.find('?'), rest.size());
  if (question < rest.size()) {
    url.query = rest.substr(question + 1);
    rest = rest.substr(0, question);
  }
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  url.place = rest.substr(0, slash);
  url.path = rest.substr(slash);
  return url;
}

std::string join_url(const Url& url, std::string_view path, std::string_view query) {
  return fmt::format("{}{}{}://{}{}{}{}", url.dialect, url.driver.empty() ? "" : "+", url.driver,
                     url.place, path, query.empty() ? "" : "?", query);
}

std::string encode(std::string_view text) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string result;
  for (const char byte : text) {
    if (plain.find(byte) != std::string_view::npos) {
      result += byte;
    } else {
      result += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    }
  }
  return result;
}

std::string quote_value(std::string_view value) {
  std::string result = "'";
  for (const char byte : value) {
    if (byte == '\'' || byte == '\\') {
      result += '\\';
    }
    result += byte;
  }
  return result + "'";
}

using Parameters = std::vector<std::pair<std::string, std::string>>;

Parameters split_query(std::string_view query, bool plus_is_blank) {
  Parameters result;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    std::string part(query.substr(0, end));
    query.remove_prefix(std::min(end + 1, query.size()));
    if (plus_is_blank) {
      std::replace(part.begin(), part.end(), '+', ' ');
    }
    const std::size_t equals = std::min(part.find('='), part.size());
    if (!part.empty()) {
      result.emplace_back(
          base::decode_percent(part.substr(0, equals)),
          base::decode_percent(std::string_view(part).substr(std::min(equals + 1, part.size()))));
    }
  }
  return result;
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

struct Hosts {
  std::string hosts;
  std::string ports;
  bool has_port = false;

  void add(std::string_view host, std::string_view port) {
    if (!first_) {
      hosts += ',';
      ports += ',';
    }
    first_ = false;
    hosts += host;
    ports += port;
    has_port = has_port || !port.empty();
  }

 private:
  bool first_ = true;
};

// "a:5432", "[::1]:5432", "a", "/run/postgresql".
std::pair<std::string_view, std::string_view> split_port(std::string_view host) {
  if (host.substr(0, 1) == "[") {
    const std::size_t end = std::min(host.find(']'), host.size());
    const std::string_view rest = host.substr(std::min(end + 1, host.size()));
    return {host.substr(1, end - 1), rest.substr(0, 1) == ":" ? rest.substr(1) : rest};
  }
  const std::size_t colon = host.rfind(':');
  if (host.substr(0, 1) == "/" || colon == std::string_view::npos) {
    return {host, {}};
  }
  return {host.substr(0, colon), host.substr(colon + 1)};
}

tl::unexpected<base::Error> refused(std::string_view dsn, std::string_view why) {
  return base::failure(
      {.kind = base::ErrorKind::configuration,
       .message = fmt::format("cannot read the DSN {}: {}", base::mask_dsn(dsn), why)});
}

std::vector<std::string> known_keywords() {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> defaults(PQconndefaults(),
                                                                              &PQconninfoFree);
  std::vector<std::string> result;
  for (const PQconninfoOption* each = defaults.get(); each != nullptr && each->keyword != nullptr;
       ++each) {
    result.emplace_back(each->keyword);
  }
  return result;
}

// What SQLAlchemy's drivers call what libpq knows by another name.
std::string libpq_keyword(std::string_view name) {
  constexpr std::array<std::array<std::string_view, 2>, 4> names = {{{"ssl", "sslmode"},
                                                                     {"timeout", "connect_timeout"},
                                                                     {"database", "dbname"},
                                                                     {"unix_sock", "host"}}};
  for (const auto& [theirs, ours] : names) {
    if (name == theirs) {
      return std::string(ours);
    }
  }
  return std::string(name);
}

// A part of a password that was not percent-encoded can stand anywhere after it, so no value of a
// URL that is wrong may be shown.
Result<void> read_place(std::string_view dsn, const Url& url, ConnectionKeywords& keywords) {
  std::string_view place = url.place;
  const std::size_t at = place.find('@');
  if (at != place.rfind('@') || url.path.find('@') != std::string_view::npos) {
    return refused(dsn,
                   "a special character in the user name or password must be percent-encoded, "
                   "such as %40 for @");
  }
  if (at != std::string_view::npos) {
    const std::string_view user = place.substr(0, at);
    const std::size_t colon = std::min(user.find(':'), user.size());
    if (colon > 0) {
      keywords.set("user", base::decode_percent(user.substr(0, colon)));
    }
    if (colon + 1 < user.size()) {
      keywords.set("password", base::decode_percent(user.substr(colon + 1)));
    }
    place.remove_prefix(at + 1);
  }
  Hosts hosts;
  while (!place.empty()) {
    const std::size_t end = std::min(place.find(','), place.size());
    const auto [host, port] = split_port(place.substr(0, end));
    if (!port.empty() && !is_digits(port)) {
      return refused(dsn, "the port is not a number");
    }
    hosts.add(base::decode_percent(host), port);
    place.remove_prefix(std::min(end + 1, place.size()));
  }
  if (!hosts.hosts.empty()) {
    keywords.set("host", hosts.hosts);
  }
  if (hosts.has_port) {
    keywords.set("port", hosts.ports);
  }
  return {};
}

Result<ConnectionKeywords> read_url(std::string_view dsn, const Url& url) {
  if (url.dialect != "postgresql" && url.dialect != "postgres") {
    return refused(dsn, "it is not one of PostgreSQL");
  }
  ConnectionKeywords keywords;
  if (auto read = read_place(dsn, url, keywords); !read) {
    return base::failure(std::move(read.error()));
  }
  if (url.path.size() > 1) {
    keywords.set("dbname", base::decode_percent(url.path.substr(1)));
  }
  const std::vector<std::string> known = known_keywords();
  Hosts hosts;
  for (const auto& [given, value] : split_query(url.query, !url.driver.empty())) {
    const std::string name = url.driver.empty() ? given : libpq_keyword(given);
    if (name == "host") {
      const auto [host, port] = split_port(value);
      const bool has_port = is_digits(port);
      hosts.add(has_port ? host : value, has_port ? port : "");
    } else if (given == "ssl" && (value == "true" || value == "True")) {
      keywords.set("sslmode", "require");
    } else if (std::find(known.begin(), known.end(), name) != known.end()) {
      keywords.set(name, value);
    } else if (url.driver.empty()) {
      return refused(dsn, "it has a parameter that libpq does not know");
    }
  }
  if (!hosts.hosts.empty()) {
    keywords.set("host", hosts.hosts);
    if (hosts.has_port) {
      keywords.set("port", hosts.ports);
    }
  }
  return keywords;
}

Result<ConnectionKeywords> read_keywords(std::string_view dsn) {
  if (dsn.find('=') == std::string_view::npos) {
    return refused(dsn, "it is neither a URL nor keyword=value");
  }
  // libpq's message quotes what it does not understand, which may be a password: it is not shown.
  char* message = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(std::string(dsn).c_str(), &message), &PQconninfoFree);
  PQfreemem(message);
  if (!options) {
    return refused(dsn, "libpq does not understand it");
  }
  ConnectionKeywords keywords;
  for (const PQconninfoOption* each = options.get(); each->keyword != nullptr; ++each) {
    if (each->val != nullptr) {
      keywords.values.emplace_back(each->keyword, each->val);
    }
  }
  return keywords;
}

}  // namespace

std::string_view ConnectionKeywords::find(std::string_view keyword) const {
  for (const auto& [name, value] : values) {
    if (name == keyword) {
      return value;
    }
  }
  return {};
}

void ConnectionKeywords::set(std::string_view keyword, std::string_view value) {
  for (auto& [name, old] : values) {
    if (name == keyword) {
      old = value;
      return;
    }
  }
  values.emplace_back(keyword, value);
}

std::string ConnectionKeywords::text() const {
  std::string result;
  for (const auto& [name, value] : values) {
    result += fmt::format("{}{}={}", result.empty() ? "" : " ", name, quote_value(value));
  }
  return result;
}

Result<ConnectionKeywords> read_dsn(std::string_view dsn) {
  if (dsn.find('\0') != std::string_view::npos) {
    return base::failure({.kind = base::ErrorKind::configuration,
                          .message = "cannot read the DSN: it has a zero byte"});
  }
  const std::optional<Url> url = split_url(dsn);
  return url ? read_url(dsn, *url) : read_keywords(dsn);
}

std::string with_database(std::string_view dsn, std::string_view database) {
  const std::optional<Url> url = split_url(dsn);
  if (!url) {
    // The last of a keyword counts, and a keyword counts more than a service's.
    return fmt::format("{} dbname={}", dsn, quote_value(database));
  }
  std::string query;
  std::string_view rest = url->query;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::string_view name = part.substr(0, part.find('='));
    if (name != "dbname" && name != "database") {
      query.append(query.empty() ? "" : "&").append(part);
    }
  }
  return join_url(*url, "/" + encode(database), query);
}

std::string with_driver(std::string_view dsn, std::string_view driver) {
  std::optional<Url> url = split_url(dsn);
  if (!url) {
    return std::string(dsn);
  }
  url->driver = driver;
  // SQLAlchemy knows no "postgres".
  url->dialect = "postgresql";
  return join_url(*url, url->path, url->query);
}

std::string as_url(std::string_view dsn) {
  const auto keywords = read_dsn(dsn);
  if (split_url(dsn) || !keywords) {
    return std::string(dsn);
  }
  std::string place = encode(keywords->find("user"));
  if (const std::string_view password = keywords->find("password"); !password.empty()) {
    place += ":" + encode(password);
  }
  place += place.empty() ? "" : "@";
  // Sockets, several hosts and a port without a host are in the query.
  const std::string_view host = keywords->find("host");
  const bool plain = !host.empty() && host.find_first_of("/,:@") == std::string_view::npos;
  if (plain) {
    const std::string_view port = keywords->find("port");
    place += fmt::format("{}{}{}", encode(host), port.empty() ? "" : ":", port);
  }
  std::string query;
  for (const auto& [name, value] : keywords->values) {
    const bool placed = name == "user" || name == "password" || name == "dbname" ||
                        (plain && (name == "host" || name == "port"));
    if (!placed) {
      query += fmt::format("{}{}={}", query.empty() ? "" : "&", name, encode(value));
    }
  }
  return join_url({.dialect = "postgresql", .place = place}, "/" + encode(keywords->find("dbname")),
                  query);
}

}  // namespace gauger::database
