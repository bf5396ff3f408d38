#include "base/process.hpp"

#include <doctest/doctest.h>

using namespace gauger;

TEST_CASE("base::run gives output, errors and status") {
  const auto finished = base::run({.arguments = {"/bin/sh", "-c", "cat; echo oops >&2; exit 3"},
                                   .input = std::string(300'000, 'x')});
  REQUIRE(finished.has_value());
  CHECK(finished->status == 3);
  CHECK(finished->output == std::string(300'000, 'x'));
  CHECK(finished->errors == "oops\n");
}

TEST_CASE("base::run passes arguments and environment as they are") {
  const auto finished =
      base::run({.arguments = {"/bin/sh", "-c", "echo \"$1|$A\"; pwd", "x", "$(id) '\" *"},
                 .environment = {{{"A", "b c"}}},
                 .folder = "/usr"});
  REQUIRE(finished.has_value());
  CHECK(finished->output == "$(id) '\" *|b c\n/usr\n");
}

TEST_CASE("base::run tells signals, and does not hand its own handling of SIGPIPE on") {
  CHECK(base::run({.arguments = {"/bin/sh", "-c", "kill -TERM $$"}})->status == 128 + 15);
  CHECK(base::run({.arguments = {"/bin/sh", "-c", "kill -PIPE $$"}})->status == 128 + 13);
}

TEST_CASE("base::run ends what takes too long") {
  const auto finished =
      base::run({.arguments = {"sleep", "60"}, .deadline = std::chrono::milliseconds(50)});
  REQUIRE_FALSE(finished.has_value());
  CHECK(finished.error().message == "sleep did not end within 0.05 seconds");
}

TEST_CASE("base::program_not_found") {
  const base::Command none{.arguments = {"gauger-no-such-program"}};
  CHECK_FALSE(base::run(none).has_value());
  CHECK(base::program_not_found(none));
  CHECK_FALSE(base::program_not_found({.arguments = {"sh"}}));
  const base::Command elsewhere{.arguments = {"sh"}, .folder = "/no/such/folder"};
  CHECK_FALSE(base::run(elsewhere).has_value());
}

TEST_CASE("base::Conversation asks and answers") {
  auto started = base::Conversation::start({.arguments = {"cat"}});
  REQUIRE(started.has_value());
  base::Conversation cat = std::move(*started);
  REQUIRE(cat.write("one\ntwo").has_value());
  CHECK(cat.read_line().value() == "one");
  CHECK(cat.read_bytes(3).value() == "two");
  const std::string large(50'000, 'y');
  REQUIRE(cat.write(large).has_value());
  CHECK(cat.read_bytes(large.size()).value() == large);
}

TEST_CASE("base::Conversation is given up when what it asks meanwhile fails") {
  int asked = 0;
  auto started = base::Conversation::start({.arguments = {"/bin/sh", "-c", "echo a; sleep 60"},
                                            .group = base::ProcessGroup::own,
                                            .meanwhile = [&]() -> base::Result<void> {
                                              ++asked;
                                              return base::failure({.message = "lost"});
                                            }});
  REQUIRE(started.has_value());
  CHECK(started->read_line() == "a");
  CHECK(asked == 0);
  CHECK(started->read_line().error().message == "lost");
  CHECK(asked == 1);
  CHECK(started->read_line().error().message == "/bin/sh has ended");
}

TEST_CASE("base::Conversation with one that ends or is silent") {
  auto ended = base::Conversation::start({.arguments = {"/bin/sh", "-c", "echo why >&2"}});
  REQUIRE(ended.has_value());
  CHECK_FALSE(ended->read_line().has_value());
  CHECK(ended->errors() == "why\n");

  auto silent = base::Conversation::start(
      {.arguments = {"sleep", "60"}, .deadline = std::chrono::milliseconds(50)});
  REQUIRE(silent.has_value());
  CHECK_FALSE(silent->read_bytes(1).has_value());
}
