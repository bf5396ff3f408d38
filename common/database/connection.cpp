#include "database/connection.hpp"

#include <exception>
#include <utility>

#include <fmt/format.h>
#include <pqxx/pqxx>

#include "base/dsn.hpp"
#include "database/dsn.hpp"

#ifdef GAUGER_SANITIZED
// libpqxx 6.4 loses libpq's result where a query ends in an exception of a lost connection. Here
// and not in a file that LSAN_OPTIONS names: the tests give programs an environment of their own.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:PQmakeEmptyPGresult\nleak:pqxx::connection_base::exec\n";
}
#endif

namespace gauger::database {
namespace {

using base::ErrorKind;
using base::Result;

// Of the server's and libpq's texts: "ERROR:  relation \"a\" does not exist\nLINE 1: …".
std::string plain_message(std::string_view text) {
  for (const std::string_view level : {"ERROR:", "FATAL:", "PANIC:"}) {
    if (text.substr(0, level.size()) == level) {
      text.remove_prefix(level.size());
    }
  }
  const std::size_t begin = text.find_first_not_of(" \n");
  const std::size_t end = text.find_last_not_of(" \n");
  return begin == std::string_view::npos ? "no message"
                                         : std::string(text.substr(begin, end - begin + 1));
}

// libpq does not print passwords. Should a wrong DSN bring one into a host's name, it goes all the
// same; one that is also the user's name is no secret.
std::string without_password(std::string message, const ConnectionKeywords& keywords) {
  const std::string_view password = keywords.find("password");
  for (const auto& [name, value] : keywords.values) {
    if (name != "password" && value == password) {
      return message;
    }
  }
  while (!password.empty() && password != "***") {
    const std::size_t at = message.find(password);
    if (at == std::string::npos || password.find("***") != std::string_view::npos ||
        std::string_view("***").find(password) != std::string_view::npos) {
      break;
    }
    message.replace(at, password.size(), "***");
  }
  return message;
}

}  // namespace

struct Connection::Handle {
  explicit Handle(const std::string& keywords) : session(keywords) {}

  pqxx::connection session;
  pqxx::quiet_errorhandler quiet{session};  // notices would go to stderr
};

Connection::Connection(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Connection::Connection(Connection&& other) noexcept = default;
Connection& Connection::operator=(Connection&& other) noexcept = default;
Connection::~Connection() = default;

Result<Connection> Connection::open(
    std::string_view dsn, const std::vector<std::pair<std::string, std::string>>& settings) {
  Result<ConnectionKeywords> keywords = read_dsn(dsn);
  if (!keywords) {
    return base::failure(std::move(keywords.error()));
  }
  for (const auto& [name, value] : settings) {
    keywords->set(name, value);
  }
  if (keywords->find("connect_timeout").empty()) {
    keywords->set("connect_timeout", "10");
  }
  if (keywords->find("application_name").empty()) {
    keywords->set("fallback_application_name", "gauger");
  }
  keywords->set("client_encoding", "UTF8");
  try {
    Connection connection(std::make_unique<Handle>(keywords->text()));
    connection.server_version_ = connection.handle_->session.server_version();
    return connection;
  } catch (const std::exception& error) {
    return base::failure(
        {.kind = ErrorKind::database,
         .message = fmt::format("cannot connect to {}: {}", base::mask_dsn(dsn),
                                without_password(plain_message(error.what()), *keywords))});
  }
}

Result<Rows> Connection::query(std::string_view sql) {
  try {
    pqxx::connection& session = handle_->session;
    // libpqxx 6 would connect again.
    if (!session.is_open()) {
      return base::failure(
          {.kind = ErrorKind::database, .message = "the connection to the database is lost"});
    }
    pqxx::nontransaction transaction(session);
    const pqxx::result result = transaction.exec(std::string(sql));
    Rows rows;
    rows.reserve(static_cast<std::size_t>(result.size()));
    for (const auto& from : result) {
      Row& row = rows.emplace_back();
      row.reserve(static_cast<std::size_t>(from.size()));
      for (const auto& field : from) {
        if (field.is_null()) {
          row.emplace_back();
        } else {
          row.emplace_back(std::string(field.c_str(), static_cast<std::size_t>(field.size())));
        }
      }
    }
    return rows;
  } catch (const std::exception& error) {
    return base::failure({.kind = ErrorKind::database, .message = plain_message(error.what())});
  }
}

std::string quote_identifier(std::string_view name) {
  std::string result = "\"";
  for (const char byte : name) {
    result += byte;
    if (byte == '"') {
      result += byte;
    }
  }
  return result + "\"";
}

std::string quote_literal(std::string_view value) {
  // With E'' a backslash means the same whatever standard_conforming_strings says.
  std::string result = value.find('\\') == std::string_view::npos ? "'" : "E'";
  for (const char byte : value) {
    result += byte;
    if (byte == '\'' || byte == '\\') {
      result += byte;
    }
  }
  return result + "'";
}

std::vector<std::string> array_elements(std::string_view array) {
  std::vector<std::string> result;
  if (array.size() <= 2) {
    return result;
  }
  array = array.substr(1, array.size() - 2);
  std::string element;
  bool in_quotes = false;
  bool was_quoted = false;
  const auto finish = [&] {
    result.push_back(!was_quoted && element == "NULL" ? std::string() : element);
    element.clear();
    was_quoted = false;
  };
  for (std::size_t i = 0; i < array.size(); ++i) {
    const char byte = array[i];
    if (byte == '\\' && i + 1 < array.size()) {
      element += array[++i];
    } else if (byte == '"') {
      in_quotes = !in_quotes;
      was_quoted = true;
    } else if (byte == ',' && !in_quotes) {
      finish();
    } else {
      element += byte;
    }
  }
  finish();
  return result;
}

}  // namespace gauger::database
