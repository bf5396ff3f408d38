// Connection strings in every spelling that libpq or SQLAlchemy accepts: URLs ("postgres://",
// "postgresql+asyncpg://"), libpq's keywords ("host=a dbname=b", "service=c"). base::mask_dsn()
// makes one fit to be shown.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace gauger::database {

// libpq's keywords and their values, decoded; what the DSN does not say is absent. What a service
// file, PGPASSFILE or the PG… variables add, libpq adds when it connects.
struct ConnectionKeywords {
  std::vector<std::pair<std::string, std::string>> values{};

  [[nodiscard]] std::string_view find(std::string_view keyword) const;
  void set(std::string_view keyword, std::string_view value);
  // As libpq takes it: "host='a' dbname='b c'".
  [[nodiscard]] std::string text() const;
};

// Parameters of a URL that only the named driver knows ("postgresql+asyncpg://…?
// prepared_statement_cache_size=0") are left out; asyncpg's `ssl` is `sslmode`. SQLAlchemy's
// several
// "?host=a:1&host=b:2" become libpq's lists.
//
// Error (configuration): it is in no such spelling. Never with the password, or a part of it that a
// wrong spelling brings elsewhere.
[[nodiscard]] base::Result<ConnectionKeywords> read_dsn(std::string_view dsn);

// The same DSN with another database of the same server, in the same spelling. `dsn` is one that
// read_dsn() takes.
[[nodiscard]] std::string with_database(std::string_view dsn, std::string_view database);

// The same for another of SQLAlchemy's drivers ("asyncpg"; empty: none named). A DSN in keywords
// comes back as it is.
[[nodiscard]] std::string with_driver(std::string_view dsn, std::string_view driver);

// The same as a URL, which is all that SQLAlchemy takes; a URL comes back as it is. What has no
// place of its own in one ("service", "sslmode") is in its query. `dsn` is one that read_dsn()
// takes.
[[nodiscard]] std::string as_url(std::string_view dsn);

}  // namespace gauger::database
