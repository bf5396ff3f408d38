#include "base/encoding.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <utility>

#include <fmt/format.h>
#include <iconv.h>

namespace gauger::base {
namespace {

constexpr std::string_view mark = "\xEF\xBB\xBF";

tl::unexpected<Error> unparsable(std::string message, const std::string& path, Position position,
                                 std::string help = {}) {
  return failure({.kind = ErrorKind::unparsable,
                  .message = std::move(message),
                  .path = path,
                  .position = position,
                  .help = std::move(help)});
}

bool is_name_byte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' || byte == '.';
}

// A coding line as CPython's tokenizer looks for it (Parser/tokenizer.c, get_coding_spec).
struct CodingLine {
  std::string_view name{};    // empty: the line names none
  bool look_further = false;  // nothing but a comment or blanks: the second line may still
};

CodingLine read_coding_line(std::string_view line) {
  const std::size_t start = line.find_first_not_of(" \t\f");
  if (start == std::string_view::npos) {
    return {.look_further = true};
  }
  if (line[start] != '#') {
    return {};
  }
  constexpr std::string_view word = "coding";
  for (std::size_t at = line.find(word, start); at != std::string_view::npos;
       at = line.find(word, at + 1)) {
    std::size_t begin = at + word.size();
    if (begin >= line.size() || (line[begin] != ':' && line[begin] != '=')) {
      continue;
    }
    begin = std::min(line.find_first_not_of(" \t", begin + 1), line.size());
    std::size_t end = begin;
    while (end < line.size() && is_name_byte(line[end])) {
      ++end;
    }
    if (end > begin) {
      return {.name = line.substr(begin, end - begin)};
    }
  }
  return {.look_further = true};
}

// The encoding that the first two lines name; a view into `text`, empty where they name none.
std::string_view coding_name(std::string_view text) {
  std::size_t begin = 0;
  for (int i = 0; i < 2; ++i) {
    // Two searches for one byte: find_first_of is many times slower.
    const std::string_view rest = text.substr(begin, text.find('\n', begin) - begin);
    const std::size_t end = begin + std::min(rest.find('\r'), rest.size());
    const CodingLine line = read_coding_line(text.substr(begin, end - begin));
    if (!line.look_further || end == text.size()) {
      return line.name;
    }
    begin = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
  }
  return {};
}

std::string normal_name(std::string_view name) {
  std::string normal(name);
  for (char& byte : normal) {
    byte = byte == '_' ? '-' : byte;
    byte = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
  }
  return normal;
}

// CPython's tokenizer takes "utf-8-unix" and "latin-1-mac", as Emacs writes them, for what they
// begin with (Parser/tokenizer.c, get_normal_name).
bool is_or_begins(std::string_view normal, std::string_view name) {
  return normal.starts_with(name) && (normal.size() == name.size() || normal[name.size()] == '-');
}

bool is_utf8_name(std::string_view normal) {
  constexpr std::array names = {"utf8", "u8", "utf", "cp65001"};
  return is_or_begins(normal, "utf-8") ||
         std::find(names.begin(), names.end(), normal) != names.end();
}

// Python's names for what iconv knows under another one (Lib/encodings/aliases.py).
std::string iconv_name(const std::string& normal) {
  constexpr std::array<std::pair<std::string_view, const char*>, 16> aliases = {{
      {"l1", "ISO-8859-1"},
      {"8859", "ISO-8859-1"},
      {"646", "ASCII"},
      {"us-ascii", "ASCII"},
      {"1250", "CP1250"},
      {"1251", "CP1251"},
      {"1252", "CP1252"},
      {"mac-roman", "MACINTOSH"},
      {"macroman", "MACINTOSH"},
      {"mac-cyrillic", "MAC-CYRILLIC"},
      {"sjis", "SJIS"},
      {"s-jis", "SJIS"},
      {"ujis", "EUC-JP"},
      {"ks-c-5601-1987", "EUC-KR"},
      {"latin-2", "ISO-8859-2"},
      {"latin-9", "ISO-8859-15"},
  }};
  for (const std::string_view name : {"latin-1", "iso-8859-1", "iso-latin-1"}) {
    if (is_or_begins(normal, name)) {
      return "ISO-8859-1";
    }
  }
  for (const auto& [python, iconv] : aliases) {
    if (normal == python) {
      return iconv;
    }
  }
  // iconv has ISO-8859-15 and LATIN1 where Python also takes iso8859-15 and latin1.
  if (normal.starts_with("iso8859")) {
    return "ISO-8859" + normal.substr(7);
  }
  return normal;
}

// Owns an iconv conversion.
class Conversion {
 public:
  Conversion(const std::string& to, const std::string& from)
      : handle_(::iconv_open(to.c_str(), from.c_str())) {}
  Conversion(const Conversion&) = delete;
  Conversion& operator=(const Conversion&) = delete;
  ~Conversion() {
    if (is_open()) {
      ::iconv_close(handle_);
    }
  }

  // iconv_open's failure value is (iconv_t)-1.
  [[nodiscard]] bool is_open() const { return reinterpret_cast<std::intptr_t>(handle_) != -1; }

  // Converts as far as the input can be converted; false where it cannot all be.
  [[nodiscard]] bool run(std::string_view input, std::string& output) {
    std::array<char, 4096> buffer{};
    char* from = const_cast<char*>(input.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    std::size_t left = input.size();
    while (true) {
      char* to = buffer.data();
      std::size_t room = buffer.size();
      const bool flush = left == 0;
      const std::size_t status = flush ? ::iconv(handle_, nullptr, nullptr, &to, &room)
                                       : ::iconv(handle_, &from, &left, &to, &room);
      const int code = errno;
      output.append(buffer.data(), buffer.size() - room);
      if (status == static_cast<std::size_t>(-1) && code != E2BIG) {
        return false;
      }
      if (flush && status != static_cast<std::size_t>(-1)) {
        return true;
      }
    }
  }

 private:
  iconv_t handle_;
};

Result<SourceText> decode_other(const std::string& bytes, std::string_view name,
                                const std::string& path) {
  const auto offset = static_cast<std::uint32_t>(name.data() - bytes.data());
  const std::string normal = normal_name(name);
  const auto unknown = [&] {
    return unparsable(fmt::format("unknown encoding: {}", normal), path,
                      position_of(bytes, offset));
  };
  // What does not have ASCII's bytes cannot have been found by them.
  if (normal.starts_with("utf-16") || normal.starts_with("utf-32") || normal.starts_with("ucs")) {
    return unknown();
  }
  Conversion conversion("UTF-8", iconv_name(normal));
  if (!conversion.is_open()) {
    return unknown();
  }
  SourceText source{.text = {}, .encoding = normal};
  source.text.reserve(bytes.size() + bytes.size() / 8);
  if (!conversion.run(bytes, source.text)) {
    const auto end = static_cast<std::uint32_t>(source.text.size());
    return unparsable(
        fmt::format("a byte is not valid {}, the encoding that the file names", normal), path,
        position_of(source.text, end));
  }
  return source;
}

}  // namespace

Result<SourceText> decode_source(std::string bytes, const std::string& path) {
  SourceText source;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return unparsable("the file is UTF-16, which Python does not read", path, {1, 1},
                      "save it as UTF-8");
  }
  source.byte_order_mark = bytes.starts_with(mark);
  if (source.byte_order_mark) {
    bytes.erase(0, mark.size());
  }
  if (const std::size_t nul = bytes.find('\0'); nul != std::string::npos) {
    return unparsable("the file has a NUL byte, which Python does not read", path,
                      position_of(bytes, static_cast<std::uint32_t>(nul)));
  }
  const std::string_view name = coding_name(bytes);
  const bool marked = source.byte_order_mark && !is_or_begins(normal_name(name), "utf-8");
  if (!name.empty() && (marked || !is_utf8_name(normal_name(name)))) {
    if (source.byte_order_mark) {
      return unparsable(
          fmt::format("the coding line says {} but the file begins with a UTF-8 byte order mark",
                      normal_name(name)),
          path, position_of(bytes, static_cast<std::uint32_t>(name.data() - bytes.data())));
    }
    return decode_other(bytes, name, path);
  }
  if (const auto invalid = find_invalid_utf8(bytes)) {
    return unparsable(
        fmt::format("the byte 0x{:02x} is not valid UTF-8",
                    static_cast<unsigned>(static_cast<unsigned char>(bytes[*invalid]))),
        path, position_of(bytes, static_cast<std::uint32_t>(*invalid)),
        "save the file as UTF-8, or name its encoding in a coding line");
  }
  source.text = std::move(bytes);
  return source;
}

Result<std::string> encode_source(const SourceText& source, const std::string& path) {
  if (source.encoding.empty()) {
    return (source.byte_order_mark ? std::string(mark) : std::string()) + source.text;
  }
  Conversion conversion(iconv_name(source.encoding), "UTF-8");
  std::string bytes;
  if (!conversion.is_open() || !conversion.run(source.text, bytes)) {
    return failure({.kind = ErrorKind::unreadable,
                    .message = fmt::format("the new text has a character that {} does not have",
                                           source.encoding),
                    .path = path});
  }
  return bytes;
}

}  // namespace gauger::base
