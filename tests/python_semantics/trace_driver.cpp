// Traces many programs in one process: a JSON string a line on stdin, the program; on stdout an
// array of [line, may_run, argument], or an error's message.
//
//     trace_driver [FOLDER PATH]    the programs stand at PATH in FOLDER, and may read its files
#define DOCTEST_CONFIG_DISABLE
#include <iostream>
#include <string>

#include "base/file_tree.hpp"
#include "base/json.hpp"
#include "unit/eval/trace.hpp"

int main(int count, char** arguments) {
  using gauger::base::Json;
  const bool in_folder = count == 3;
  const gauger::base::WorkingTree tree(in_folder ? arguments[1] : "/nonexistent");
  gauger::eval::Library library(tree, {""});
  const gauger::eval::test::Setting setting{in_folder ? &library : nullptr,
                                            in_folder ? arguments[2] : "snippet.py"};
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto text = Json::parse(line).get<std::string>();
    const auto traced = gauger::eval::test::trace(text, {}, setting);
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
