// The queries of read_catalog(). Their columns are numbered in read_catalog.cpp.
//
// See the manual's chapter "System Catalogs"; a column that an older server lacks is a constant
// there.
#pragma once

#include <string>

namespace gauger::database {

struct CatalogQueries {
  std::string relations;
  std::string parents;
  std::string columns;
  std::string constraints;
  std::string index_keys;
  std::string triggers;
  std::string policies;
  std::string types;
  std::string views;
  std::string view_reads;
  std::string sequences;
  std::string functions;
  std::string containers;
};

// `version` as Connection::server_version() has it.
[[nodiscard]] CatalogQueries catalog_queries(int version);

}  // namespace gauger::database
