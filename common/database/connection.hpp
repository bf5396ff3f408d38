// A session on a PostgreSQL server. libpqxx stays behind it.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace gauger::database {

// Cells as the server writes them; nothing is NULL.
using Row = std::vector<std::optional<std::string>>;
using Rows = std::vector<Row>;

class Connection {
 public:
  // `dsn` is any that read_dsn() takes; `settings` are keywords of libpq with their values, which
  // go before its own. Without a connect_timeout it waits ten seconds.
  //
  // Error (configuration): see read_dsn(). Error (database): no connection; with the DSN masked and
  // without the password.
  [[nodiscard]] static base::Result<Connection> open(
      std::string_view dsn, const std::vector<std::pair<std::string, std::string>>& settings = {});

  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&& other) noexcept;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  // Runs one statement, or several that return no rows. Each commits by itself unless it is between
  // BEGIN and COMMIT. A session that broke stays broken: it is never replaced silently.
  //
  // Error (database): the server's message.
  base::Result<Rows> query(std::string_view sql);

  // 150018 is PostgreSQL 15.18.
  [[nodiscard]] int server_version() const { return server_version_; }

 private:
  struct Handle;
  explicit Connection(std::unique_ptr<Handle> handle);

  std::unique_ptr<Handle> handle_;
  int server_version_ = 0;
};

// For SQL: "weird ""name""", 'it''s'.
[[nodiscard]] std::string quote_identifier(std::string_view name);
[[nodiscard]] std::string quote_literal(std::string_view value);

// The elements of an array as the server writes it, "{a,\"b c\",NULL}"; a NULL is empty.
[[nodiscard]] std::vector<std::string> array_elements(std::string_view array);

}  // namespace gauger::database
