// Traces many programs in one process: a JSON string a line on stdin, the program; on stdout an
// array of [line, may_run, argument], or an error's message.
#define DOCTEST_CONFIG_DISABLE
#include <iostream>
#include <string>

#include "base/json.hpp"
#include "unit/eval/trace.hpp"

int main() {
  using gauger::base::Json;
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto text = Json::parse(line).get<std::string>();
    const auto traced = gauger::eval::test::trace(text);
    Json answer = Json::array();
    if (!traced) {
      answer = traced.error().message;
    } else if (!traced->gave_up.empty()) {
      answer = traced->gave_up;
    } else {
      for (const auto& act : traced->acts) {
        answer.push_back({act.line, act.may_run, act.argument});
      }
    }
    std::cout << answer.dump() << std::endl;
  }
  return 0;
}
