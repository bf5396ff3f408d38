// Looks for something in the folders below one, within bounds.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace gauger::project {

struct Scan {
  std::vector<std::string> hits;  // absolute paths, nearest first
  bool complete = true;           // false: there were more folders than are looked at
};

// Calls `visit` for `folder` (absolute) and the folders below it, level by level and by name, and
// collects what it returns. Not entered: hidden folders, linked ones, virtual environments,
// site-packages, node_modules and what builds leave behind; nor more than 8 levels or 20,000
// folders.
[[nodiscard]] Scan scan_below(
    const std::string& folder,
    const std::function<std::vector<std::string>(const std::string&)>& visit);

}  // namespace gauger::project
