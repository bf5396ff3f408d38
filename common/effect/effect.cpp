#include "effect/effect.hpp"

#include <array>
#include <cstddef>

#include "effect/prediction.hpp"

namespace gauger::effect {
namespace {

constexpr std::array families = {
    predict_column,    predict_type,   predict_constraint, predict_index, predict_table,
    predict_partition, predict_domain, predict_object,     predict_data,
};

}  // namespace

const char* name(Lock lock) {
  constexpr const char* names[] = {
      "ACCESS SHARE", "ROW SHARE",           "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE",
      "SHARE",        "SHARE ROW EXCLUSIVE", "EXCLUSIVE",     "ACCESS EXCLUSIVE"};
  return names[static_cast<std::size_t>(lock)];
}

const char* name(WorkKind kind) {
  constexpr const char* names[] = {"rewrite", "scan", "foreign_key_scan", "index_build",
                                   "row_change"};
  return names[static_cast<std::size_t>(kind)];
}

Effect predict(std::span<const migration::Operation> statement, const catalog::Catalog& before,
               const Session& session) {
  Prediction prediction(statement, before, session);
  for (const auto& operation : statement) {
    if (!operation.understood()) {
      prediction.unknown();
    }
    use_labels(operation, prediction);
    for (const auto family : families) {
      if (family(operation, prediction)) {
        break;
      }
    }
  }
  return std::move(prediction).finish();
}

}  // namespace gauger::effect
