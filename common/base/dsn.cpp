#include "base/dsn.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <fmt/format.h>

namespace gauger::base {
namespace {

constexpr std::string_view mask = "***";

bool is_secret(std::string_view name) {
  std::string lower;
  for (const char byte : name) {
    lower += static_cast<char>(std::tolower(static_cast<unsigned char>(byte)));
  }
  for (const char* part : {"pass", "pwd", "secret", "token"}) {
    if (lower.find(part) != std::string::npos) {
      return lower != "passfile";
    }
  }
  return false;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// "a=1&password=x" -> "a=1&password=***".
std::string mask_query(std::string_view query) {
  std::string result;
  while (true) {
    const std::size_t end = query.find('&');
    const std::string_view part = query.substr(0, end);
    const std::size_t equals = part.find('=');
    if (equals != std::string_view::npos && is_secret(part.substr(0, equals))) {
      result.append(part.substr(0, equals + 1)).append(mask);
    } else {
      result.append(part);
    }
    if (end == std::string_view::npos) {
      return result;
    }
    result += '&';
    query.remove_prefix(end + 1);
  }
}

bool is_port(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char byte) { return byte >= '0' && byte <= '9'; });
}

// What comes after "://", without user information.
std::string mask_place(std::string_view place) {
  const std::size_t question = std::min(place.find('?'), place.size());
  std::string_view before = place.substr(0, question);
  std::string result;
  // "user:password" with the "@host" forgotten looks like a host and its port; lists of hosts and
  // IPv6 addresses in brackets have more colons.
  const std::size_t slash = std::min(before.find('/'), before.size());
  const std::size_t colon = before.substr(0, slash).rfind(':');
  if (colon != std::string_view::npos && !is_port(before.substr(colon + 1, slash - colon - 1)) &&
      before.substr(0, slash).find(']', colon) == std::string_view::npos) {
    result.append(before.substr(0, colon + 1)).append(mask).append(before.substr(slash));
  } else {
    result.append(before);
  }
  if (question < place.size()) {
    result += '?';
    result += mask_query(place.substr(question + 1));
  }
  return result;
}

std::string mask_url(std::string_view dsn, std::size_t scheme) {
  std::string result(dsn.substr(0, scheme + 3));
  const std::string_view rest = dsn.substr(scheme + 3);
  // The last "@", since a password may hold one that was not encoded.
  const std::size_t at = rest.rfind('@');
  if (at == std::string_view::npos) {
    return result + mask_place(rest);
  }
  const std::string_view user = rest.substr(0, at);
  const std::size_t colon = user.find(':');
  if (colon == std::string_view::npos && user.find_first_of("/?") != std::string_view::npos) {
    return result + mask_place(rest);  // the "@" belongs to the path or the query
  }
  result += user.substr(0, colon);
  if (colon != std::string_view::npos) {
    result += ':';
    result += mask;
  }
  result += '@';
  return result + mask_place(rest.substr(at + 1));
}

// Where the value that begins at `at` ends: quoted, or up to a blank. Backslash escapes.
std::size_t value_end(std::string_view dsn, std::size_t at) {
  const bool quoted = at < dsn.size() && dsn[at] == '\'';
  for (std::size_t i = quoted ? at + 1 : at; i < dsn.size(); ++i) {
    if (dsn[i] == '\\') {
      ++i;
    } else if (quoted && dsn[i] == '\'') {
      return i + 1;
    } else if (!quoted && dsn[i] == ' ') {
      return i;
    }
  }
  return dsn.size();
}

// libpq's "host=a password='b c'".
std::string mask_keywords(std::string_view dsn) {
  std::string result;
  for (std::size_t at = 0; at < dsn.size();) {
    if (dsn[at] == ' ') {
      result += dsn[at++];
      continue;
    }
    const std::size_t equals = dsn.find('=', at);
    if (equals == std::string_view::npos) {
      return std::string(mask);
    }
    std::string_view name = dsn.substr(at, equals - at);
    name = name.substr(0, name.find_last_not_of(' ') + 1);
    if (name.find(' ') != std::string_view::npos) {
      return std::string(mask);
    }
    const std::size_t begin = std::min(dsn.find_first_not_of(' ', equals + 1), dsn.size());
    const std::size_t end = value_end(dsn, begin);
    result.append(name).append("=");
    result.append(is_secret(name) ? mask : dsn.substr(begin, end - begin));
    at = end;
  }
  return result;
}

}  // namespace

std::string mask_dsn(std::string_view dsn) {
  const std::size_t scheme = dsn.find("://");
  if (scheme != std::string_view::npos && dsn.find('=') > scheme) {
    return mask_url(dsn, scheme);
  }
  return dsn.empty() ? std::string() : mask_keywords(dsn);
}

std::string decode_percent(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    const char* begin = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(begin, begin + 2, value, 16).ptr == begin + 2) {
      result += static_cast<char>(value);
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

std::string hide_password(std::string text, std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t at = url.rfind('@');
  if (scheme == std::string_view::npos || at == std::string_view::npos || at < scheme) {
    return text;
  }
  const std::string_view user = url.substr(scheme + 3, at - scheme - 3);
  const std::size_t colon = user.find(':');
  if (colon == std::string_view::npos) {
    return text;
  }
  const std::string name = decode_percent(user.substr(0, colon));
  const std::string written(user.substr(colon + 1));
  constexpr std::size_t shortest = 4;
  for (const std::string& password : {written, decode_percent(written)}) {
    replace_all(text, fmt::format(":{}@", password), ":***@");
    if (password.size() >= shortest && password != name) {
      replace_all(text, password, mask);
    }
  }
  return text;
}

}  // namespace gauger::base
