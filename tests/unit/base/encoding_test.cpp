#include "base/encoding.hpp"

#include <doctest/doctest.h>

using gauger::base::decode_source;
using gauger::base::encode_source;
using gauger::base::Error;
using gauger::base::ErrorKind;
using gauger::base::find_invalid_utf8;
using gauger::base::Position;

namespace {

std::string decoded(std::string bytes) {
  auto source = decode_source(std::move(bytes), "a.py");
  REQUIRE(source.has_value());
  return std::move(source->text);
}

Error refused(std::string bytes) {
  const auto source = decode_source(std::move(bytes), "a.py");
  REQUIRE_FALSE(source.has_value());
  CHECK(source.error().kind == ErrorKind::unparsable);
  CHECK(source.error().path == "a.py");
  return source.error();
}

}  // namespace

TEST_CASE("base::decode_source takes UTF-8 as it is") {
  CHECK(decoded("").empty());
  CHECK(decoded("x = 'é漢🦀'\n") == "x = 'é漢🦀'\n");
  CHECK(decoded("\xEF\xBB\xBFx") == "x");
  CHECK(decode_source("\xEF\xBB\xBFx", "a.py")->byte_order_mark);
  const std::string text(100, 'x');
  std::string bytes = text;
  const char* data = bytes.data();
  const auto source = decode_source(std::move(bytes), "a.py");
  CHECK(source->text.data() == data);  // moved, not copied
}

TEST_CASE("base::decode_source follows a coding line of the first two lines") {
  CHECK(decoded("# -*- coding: latin-1 -*-\nx = '\xE9'\n") ==
        "# -*- coding: latin-1 -*-\nx = 'é'\n");
  CHECK(decoded("#!/usr/bin/python\r\n# vim: set fileencoding=cp1252 :\nx = '\x80'") ==
        "#!/usr/bin/python\r\n# vim: set fileencoding=cp1252 :\nx = '€'");
  CHECK(decoded("\n \t# coding=koi8_r\n# \xC1") == "\n \t# coding=koi8_r\n# а");
  CHECK(decoded("# coding:iso8859_15\n# \xA4") == "# coding:iso8859_15\n# €");
  CHECK(decoded("# coding: Shift_JIS\n# \x83\x65") == "# coding: Shift_JIS\n# テ");
  CHECK(decoded("# coding: UTF_8-sig\n# é") == "# coding: UTF_8-sig\n# é");
  CHECK(decoded("# coding: latin-1-unix\n# \xE9") == "# coding: latin-1-unix\n# é");
  CHECK(decode_source("# coding: Latin_1\n", "a.py")->encoding == "latin-1");
  // coding in a first comment that names nothing, then on the second line
  CHECK(decoded("# encoding\n# coding: latin1\n# \xE9") == "# encoding\n# coding: latin1\n# é");
}

TEST_CASE("base::decode_source ignores what is no coding line") {
  refused("x = 1\n# coding: latin-1\n# \xE9\n");
  refused("\n\n# coding: latin-1\n# \xE9\n");
  refused("x = 1  # coding: latin-1\n# \xE9\n");
  refused("'''\n# coding: latin-1\n\xE9'''\n");
}

TEST_CASE("base::decode_source tells the place of bytes that are not text") {
  CHECK(refused("é = 1\nx = 'é\xFF'\n").position == Position{2, 7});
  CHECK(refused(std::string("ab\0c\n", 5)).position == Position{1, 3});
  CHECK(refused(std::string("x\ny\0", 4)).position == Position{2, 2});
  CHECK(refused("# coding: ascii\n# é\n").position == Position{2, 3});
  CHECK(refused("# coding: cp1252\nabc \x81\n").position == Position{2, 5});
  CHECK(refused("# coding: klingon\n").position == Position{1, 11});
  CHECK(refused("# coding: utf-16\n").message == "unknown encoding: utf-16");
  CHECK(refused("\xFF\xFEx").message.find("UTF-16") != std::string::npos);
  CHECK(refused("\xEF\xBB\xBF# coding: utf8\n").message.find("byte order mark") !=
        std::string::npos);
  CHECK(decoded("\xEF\xBB\xBF# coding: utf-8-unix\n") == "# coding: utf-8-unix\n");
  CHECK(refused("\xEF\xBB\xBF# coding: latin-1\n").message.find("byte order mark") !=
        std::string::npos);
}

TEST_CASE("base::find_invalid_utf8 is as strict as Unicode") {
  for (const std::string_view bad :
       {"\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\x80", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xC3", "\xF0\x9F\xA6"}) {
    for (std::size_t before = 0; before < 40; ++before) {
      const std::string text = std::string(before, 'a') + std::string(bad);
      CHECK(find_invalid_utf8(text) == before);
      CHECK(find_invalid_utf8(text + "aaaaaaaaaaaaaaaaaaaaaaaaa") == before);
    }
  }
  for (const std::string_view good : {"\x7F", "\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF",
                                      "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    CHECK(find_invalid_utf8("aaaaaaaaaaaaaaaaa" + std::string(good) + "b") == std::nullopt);
  }
}

TEST_CASE("base::encode_source gives the file its bytes back") {
  for (const std::string& bytes :
       {std::string("\xEF\xBB\xBFx = 'é'\n"), std::string("# coding: latin-1\n# \xE9\n"),
        std::string("# coding: cp1252\n# \x80\n"), std::string("# coding: euc-jp\n# \xA5\xC6\n"),
        std::string("x = 1\n")}) {
    const auto source = decode_source(bytes, "a.py");
    REQUIRE(source.has_value());
    CHECK(encode_source(*source, "a.py").value() == bytes);
  }
  auto source = decode_source("# coding: latin-1\n", "a.py");
  source->text += "漢";
  CHECK_FALSE(encode_source(*source, "a.py").has_value());
}
