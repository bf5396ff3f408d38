#include "tools/smoke/plain_dump.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <string_view>
#include <utility>

namespace gauger::tools {
namespace {

bool is_name_byte(char byte) {
  return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '_' || (byte & '\x80') != 0;
}

// pg_dump's own: until the key comes again, psql obeys no other command.
bool keeps_psql_out(std::string_view line) {
  for (const std::string_view command : {"\\restrict ", "\\unrestrict "}) {
    if (line.starts_with(command)) {
      const std::string_view key = line.substr(command.size());
      return std::all_of(key.begin(), key.end(), is_name_byte);
    }
  }
  return false;
}

// Encodings in which a quotation mark or a backslash may be a part of another letter; the server
// itself has none of them.
bool changes_reading(std::string_view line) {
  if (line.find("standard_conforming_strings") != std::string_view::npos) {
    return line != "SET standard_conforming_strings = on;";
  }
  constexpr std::array<std::string_view, 7> encodings = {"BIG5", "GB18030",        "GBK", "JOHAB",
                                                         "SJIS", "SHIFT_JIS_2004", "UHC"};
  return line.find("client_encoding") != std::string_view::npos &&
         (!line.starts_with("SET client_encoding = '") ||
          std::any_of(encodings.begin(), encodings.end(), [&](std::string_view name) {
            return line.find(name) != std::string_view::npos;
          }));
}

class Reader {
 public:
  explicit Reader(std::istream& stream) : stream_(stream) {}

  PlainDump run() {
    std::string line;
    while (dump_.command.empty() && std::getline(stream_, line)) {
      if (place_ == Place::rows) {
        place_ = line == "\\." ? Place::statement : Place::rows;
        continue;
      }
      if (place_ == Place::statement && line.starts_with("-- PostgreSQL database dump complete")) {
        dump_.complete = true;
      }
      if (place_ == Place::statement && keeps_psql_out(line)) {
        continue;
      }
      const bool begins_outside = place_ == Place::statement;
      read(line);
      if ((begins_outside || place_ == Place::statement) && changes_reading(line)) {
        dump_.command = line;
      }
      if (place_ == Place::statement && line.starts_with("COPY ") &&
          line.ends_with(" FROM stdin;")) {
        place_ = Place::rows;
      }
    }
    return std::move(dump_);
  }

 private:
  enum class Place : std::uint8_t { statement, text, escaped_text, name, dollars, comment, rows };

  void read(std::string_view line) {
    may_go_on_ = closed_;
    for (std::size_t at = 0; at < line.size() && dump_.command.empty();) {
      at = place_ == Place::statement ? read_statement(line, at) : read_quoted(line, at);
    }
  }

  // Gives where to go on; so does the next.
  std::size_t read_statement(std::string_view line, std::size_t at) {
    const std::string_view rest = line.substr(at);
    const bool in_name = at > 0 && is_name_byte(line[at - 1]);
    if (rest.starts_with("--")) {
      return line.size();
    }
    if (std::isspace(static_cast<unsigned char>(rest.front())) != 0) {
      return at + 1;
    }
    const bool goes_on = std::exchange(may_go_on_, false);
    closed_ = false;
    if (rest.starts_with("/*")) {
      place_ = Place::comment;
      depth_ = 1;
      return at + 2;
    }
    if (rest.front() == '\\') {
      dump_.command = rest;
    } else if (rest.front() == '"') {
      place_ = Place::name;
    } else if (rest.front() == '\'') {
      const bool escaped = at > 0 && (line[at - 1] == 'E' || line[at - 1] == 'e') &&
                           (at == 1 || !is_name_byte(line[at - 2]));
      place_ = escaped || goes_on ? Place::escaped_text : Place::text;
    } else if (rest.front() == '$' && !in_name) {
      std::size_t end = 1;
      while (end < rest.size() && is_name_byte(rest[end])) {
        ++end;
      }
      const bool number = end > 1 && std::isdigit(static_cast<unsigned char>(rest[1])) != 0;
      if (end < rest.size() && rest[end] == '$' && !number) {
        place_ = Place::dollars;
        tag_ = rest.substr(0, end + 1);
        return at + tag_.size();
      }
    }
    return at + 1;
  }

  std::size_t read_quoted(std::string_view line, std::size_t at) {
    const std::string_view rest = line.substr(at);
    if (place_ == Place::dollars) {
      const std::size_t end = rest.find(tag_);
      if (end == std::string_view::npos) {
        return line.size();
      }
      place_ = Place::statement;
      return at + end + tag_.size();
    }
    if (place_ == Place::comment) {
      if (rest.starts_with("/*") || rest.starts_with("*/")) {
        depth_ += rest.front() == '/' ? 1 : -1;
        place_ = depth_ == 0 ? Place::statement : Place::comment;
        return at + 2;
      }
      return at + 1;
    }
    if (place_ == Place::escaped_text && rest.front() == '\\') {
      return at + 2;
    }
    // A doubled mark ends it and begins it again.
    if (rest.front() == (place_ == Place::name ? '"' : '\'')) {
      if (rest.size() > 1 && rest[1] == rest[0]) {
        return at + 2;
      }
      closed_ = place_ == Place::escaped_text;
      place_ = Place::statement;
      return at + 1;
    }
    return at + 1;
  }

  std::istream& stream_;
  PlainDump dump_;
  Place place_ = Place::statement;
  std::string tag_;  // of dollars: "$body$"
  int depth_ = 0;    // of comments
  // An escaped text has ended, and goes on if a text is the first thing on a line below.
  bool closed_ = false;
  bool may_go_on_ = false;
};

}  // namespace

PlainDump read_plain_dump(std::istream& stream) { return Reader(stream).run(); }

}  // namespace gauger::tools
