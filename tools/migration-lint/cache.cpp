#include "tools/migration-lint/cache.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <tuple>
#include <utility>

#include "base/edit.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"
#include "catalog/snapshot.hpp"

namespace gauger::tools {
namespace {

constexpr std::string_view file_name = "migration-lint.json";

std::string_view catalog_file(LintCache::Place place) {
  return place == LintCache::Place::head ? "head.catalog" : "base.catalog";
}

base::Json position_to_json(base::Position position) {
  return base::Json::array({position.line, position.column});
}

base::Position position_from_json(const base::Json& json) {
  return {json.at(0).get<std::uint32_t>(), json.at(1).get<std::uint32_t>()};
}

base::Json to_json(const finding::Finding& finding) {
  base::Json json;
  json["rule"] = finding.rule;
  json["severity"] = static_cast<int>(finding.severity);
  json["message"] = finding.message;
  json["help"] = finding.help;
  json["path"] = finding.path;
  json["begin"] = position_to_json(finding.begin);
  json["end"] = position_to_json(finding.end);
  json["source"] = finding.source;
  if (finding.revision) {
    json["revision"] = *finding.revision;
  }
  json["fixable"] = finding.fixable;
  for (const finding::Finding::Related& related : finding.related) {
    json["related"].push_back({related.path, position_to_json(related.begin), related.message});
  }
  return json;
}

finding::Finding finding_from_json(const base::Json& json) {
  finding::Finding finding;
  finding.rule = json.at("rule").get<std::string>();
  finding.severity = static_cast<finding::Severity>(json.at("severity").get<int>());
  finding.message = json.at("message").get<std::string>();
  finding.help = json.at("help").get<std::string>();
  finding.path = json.at("path").get<std::string>();
  finding.begin = position_from_json(json.at("begin"));
  finding.end = position_from_json(json.at("end"));
  finding.source = json.at("source").get<std::vector<std::string>>();
  if (json.contains("revision")) {
    finding.revision = json.at("revision").get<std::string>();
  }
  finding.fixable = json.at("fixable").get<bool>();
  if (json.contains("related")) {
    for (const base::Json& related : json.at("related")) {
      finding.related.push_back({related.at(0).get<std::string>(),
                                 position_from_json(related.at(1)),
                                 related.at(2).get<std::string>()});
    }
  }
  return finding;
}

}  // namespace

LintCache::LintCache(std::string folder, std::string key, const base::FileTree& tree)
    : folder_(std::move(folder)), key_(std::move(key)), tree_(tree) {
  if (!folder_.empty()) {
    load();
  }
}

// A line of JSON with the key, then one for each file.
void LintCache::load() {
  const auto text = base::WorkingTree(folder_).read(std::string(file_name));
  if (!text) {
    return;
  }
  try {
    std::string_view rest = *text;
    const auto next_line = [&] {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      return base::Json::parse(line);
    };
    if (next_line().get<std::string>() != key_) {
      return;
    }
    while (!rest.empty()) {
      load_entry(next_line());
    }
  } catch (const std::exception&) {
    entries_.clear();  // not ours, or cut short: as if there were none
  }
}

void LintCache::load_entry(const base::Json& stored) {
  Entry entry;
  entry.hash = stored.at(1).get<std::string>();
  entry.result.operations = stored.at(2).get<std::size_t>();
  for (const base::Json& opaque : stored.at(3)) {
    entry.result.opaque.push_back({opaque.at(0).get<std::string>(),
                                   position_from_json(opaque.at(1)),
                                   opaque.at(2).get<std::string>()});
  }
  entry.dependencies = stored.at(4).get<std::map<std::string, std::string>>();
  for (const base::Json& finding : stored.at(5)) {
    entry.result.findings.push_back(finding_from_json(finding));
  }
  entry.result.linted = stored.at(6).get<bool>();
  entry.result.below = stored.at(7).get<std::string>();
  entries_.emplace(stored.at(0).get<std::string>(), std::move(entry));
}

base::Json LintCache::to_json(const std::string& path, const Entry& entry) {
  base::Json findings = base::Json::array();
  for (const finding::Finding& finding : entry.result.findings) {
    findings.push_back(tools::to_json(finding));
  }
  base::Json opaque = base::Json::array();
  for (const OpaqueOperation& each : entry.result.opaque) {
    opaque.push_back({each.path, position_to_json(each.position), each.reason});
  }
  return base::Json::array({path, entry.hash, entry.result.operations, std::move(opaque),
                            entry.dependencies, std::move(findings), entry.result.linted,
                            entry.result.below});
}

std::string LintCache::hash_of(const std::string& path) {
  const auto known = hashes_.find(path);
  if (known != hashes_.end()) {
    return known->second;
  }
  std::string hash;
  if (tree_.kind(path) == base::EntryKind::file) {
    const auto content = tree_.read(path);
    hash = content ? base::content_hash(*content) : "unreadable";
  }
  return hashes_.emplace(path, std::move(hash)).first->second;
}

std::optional<FileResult> LintCache::find(const std::string& path, const std::string& hash) {
  const auto it = entries_.find(path);
  if (it == entries_.end() || it->second.hash != hash) {
    return std::nullopt;
  }
  Entry& entry = it->second;
  const bool same = std::all_of(
      entry.dependencies.begin(), entry.dependencies.end(),
      [&](const auto& dependency) { return hash_of(dependency.first) == dependency.second; });
  if (!same) {
    return std::nullopt;
  }
  entry.used = true;
  return entry.result;
}

void LintCache::add(const std::string& path, std::string_view content, const FileResult& result) {
  if (folder_.empty()) {
    return;
  }
  Entry entry;
  entry.hash = base::content_hash(content);
  entry.result = result;
  entry.result.depends_on.clear();  // `dependencies` says it, and more
  entry.used = true;
  const std::lock_guard lock(mutex_);
  for (const std::string& dependency : result.depends_on) {
    entry.dependencies.emplace(dependency, hash_of(dependency));
  }
  entries_[path] = std::move(entry);
  changed_ = true;
}

std::string LintCache::fingerprint(const std::string& path) const {
  const auto known = entries_.find(path);
  if (known == entries_.end()) {
    return {};
  }
  std::string all = known->second.hash;
  for (const auto& [dependency, hash] : known->second.dependencies) {
    all.append("\n").append(dependency).append("=").append(hash);
  }
  return base::content_hash(all);
}

void LintCache::keep_catalog(Place place, const std::string& fingerprint,
                             const catalog::Catalog& catalog) {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  // Where it cannot be written it is not kept.
  std::ignore =
      base::write_file(folder_, std::string(catalog_file(place)), [&](const base::PutPiece& put) {
        put(key_ + fingerprint);
        catalog::to_bytes(catalog, put);
      });
}

std::optional<catalog::Catalog> LintCache::find_catalog(const std::string& fingerprint) const {
  if (!kept()) {
    return std::nullopt;
  }
  const std::string wanted = key_ + fingerprint;
  for (const Place place : {Place::base, Place::head}) {
    const auto bytes = base::WorkingTree(folder_).read(std::string(catalog_file(place)));
    if (bytes && bytes->starts_with(wanted)) {
      return catalog::from_bytes(std::string_view(*bytes).substr(wanted.size()));
    }
  }
  return std::nullopt;
}

base::Result<void> LintCache::save() {
  if (!changed_) {
    return {};
  }
  std::string text = base::dump(base::Json(key_), base::JsonLayout::compact) + "\n";
  std::vector<std::string_view> paths;
  for (const auto& [path, entry] : entries_) {
    if (entry.used || tree_.kind(path) == base::EntryKind::file) {  // else the file is gone
      paths.push_back(path);
    }
  }
  std::sort(paths.begin(), paths.end());
  for (const std::string_view each : paths) {
    const std::string path(each);
    text += base::dump(to_json(path, entries_.at(path)), base::JsonLayout::compact) + "\n";
  }
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) {
    return base::failure({.kind = base::ErrorKind::unreadable,
                          .message = "cannot make the cache folder: " + error.message(),
                          .path = folder_});
  }
  return base::write_file(folder_, std::string(file_name), text);
}

}  // namespace gauger::tools
