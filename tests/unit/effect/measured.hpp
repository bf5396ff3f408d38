// Predictions and what was measured on a server, in a form in which they can be compared.
//
// A cell is "[p:SRX,t:AX] IDX+REWRITE relfile:t idxfile:5": the locks on what existed before, what
// the server said it did at debug1, which tables have new files and how many indexes of those that
// were there; or "ERR …", or "SETUP-ERR …" where what the statement needs could not be made.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"
#include "effect/effect.hpp"

namespace gauger::tests {

// A file of tests/data.
[[nodiscard]] std::string read_data(const char* file);
// Its lines of tab-separated values, without the first.
[[nodiscard]] std::vector<std::vector<std::string>> read_rows(const char* file);
// What postgres_truth_base.sql makes.
[[nodiscard]] const catalog::Catalog& base_catalog();

struct Outcome {
  std::set<std::string> locks{};      // "t:AX"
  std::set<std::string> work{};       // SCAN, FKSCAN, IDX
  std::set<std::string> rewritten{};  // tables
  std::size_t indexes = 0;            // that are built
  bool fails = false;                 // on a table with rows, whatever they are
  bool may_fail = false;              // if the rows are such
  bool known = true;
};

// The statements of `sql` one after another, each in the catalog that the one before leaves.
[[nodiscard]] Outcome predict(const std::string& sql, catalog::Catalog& catalog,
                              effect::Session& session);

// Where the text of a cell and a prediction differ; empty where they agree.
[[nodiscard]] std::string compare(std::string_view text, std::string_view statement,
                                  const Outcome& outcome);

}  // namespace gauger::tests
