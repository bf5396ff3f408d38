// What a catalog was before operations changed it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "catalog/catalog.hpp"

namespace gauger::catalog {

// Keeps a table when it is first touched, and all else from the beginning: of a large catalog that
// few operations change it is the cheaper copy.
class Past {
 public:
  explicit Past(const Catalog& catalog);

  // To be called before the table of that name is made, changed or dropped.
  void keep(const QualifiedName& name, const Catalog& catalog);

  // Makes `catalog` what it was.
  void restore(Catalog& catalog) &&;

  // Makes `catalog` what can be said when it may have changed, and may have not: what is on one
  // side only is `possible`, and properties that differ are not known.
  void join(Catalog& catalog) &&;

  // The tables that were touched, with what they were; nothing: there was none.
  [[nodiscard]] const std::map<QualifiedName, std::optional<Table>>& tables() const {
    return tables_;
  }

 private:
  std::map<QualifiedName, std::optional<Table>> tables_;
  Catalog rest_;  // without tables
};

}  // namespace gauger::catalog
