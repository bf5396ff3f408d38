// SARIF 2.1.0, for code scanning and editors. Section numbers are those of the OASIS standard with
// errata 01.
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/json.hpp"
#include "report/formats.hpp"

namespace gauger::report {
namespace {

using base::Json;

constexpr std::string_view root_id = "%SRCROOT%";

bool is_unreserved(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

// A relative reference (RFC 3986): every other byte is percent-encoded, ":" too, since it would
// make a scheme of what is before it.
std::string uri_of(std::string_view path) {
  std::string result;
  for (const char byte : path) {
    if (is_unreserved(byte) || byte == '/') {
      result += byte;
    } else {
      result += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(byte)));
    }
  }
  return result;
}

// In a message "[text](target)" is a link (3.11.6), and a migration must not be able to make one.
Json message(std::string_view text) {
  std::string plain;
  for (const char byte : text) {
    if (byte == '(' && !plain.empty() && plain.back() == ']') {
      plain += ' ';
    }
    plain += byte;
  }
  return {{"text", plain}};
}

Json region(base::Position begin, base::Position end) {
  Json result = {{"startLine", begin.line}};
  if (begin.column > 0) {
    result["startColumn"] = begin.column;
  }
  if (end.line > begin.line || (end.line == begin.line && end.column >= begin.column)) {
    result["endLine"] = end.line;
    if (begin.column > 0 && end.column > 0) {
      result["endColumn"] = end.column;
    }
  }
  return result;
}

Json location(std::string_view path, base::Position begin, base::Position end) {
  Json place = {{"artifactLocation", {{"uri", uri_of(path)}, {"uriBaseId", root_id}}}};
  if (begin.line > 0) {
    place["region"] = region(begin, end);
  }
  return {{"physicalLocation", std::move(place)}};
}

// "index-not-concurrent" -> "IndexNotConcurrent", as 3.49.7 wants a rule's name.
std::string upper_camel(std::string_view id) {
  std::string result;
  bool upper = true;
  for (const char byte : id) {
    if (byte == '-') {
      upper = true;
      continue;
    }
    result += upper && byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A') : byte;
    upper = false;
  }
  return result;
}

Json rule_json(const finding::RuleInfo& rule) {
  const std::string_view help = rule.explanation.empty() ? rule.summary : rule.explanation;
  return {{"id", rule.id},
          {"name", upper_camel(rule.id)},
          {"shortDescription", {{"text", rule.summary}}},
          {"fullDescription", {{"text", rule.summary}}},
          {"help", {{"text", help}, {"markdown", help}}},
          {"defaultConfiguration",
           {{"enabled", rule.enabled_by_default}, {"level", finding::name(rule.severity)}}},
          {"properties", {{"tags", Json::array({"alembic", "migrations"})}}}};
}

// FNV-1a, 64 bits.
class Hash {
 public:
  void add(std::string_view text) {
    for (const char byte : text) {
      add(static_cast<unsigned char>(byte));
    }
    add(static_cast<unsigned char>(0));  // so that "ab" + "c" differs from "a" + "bc"
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  void add(unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001b3ULL; }

  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

// What stays the same when lines are added above or the file is formatted anew: the rule, the
// revision (or the file, where there is none) and the source without its blanks.
std::uint64_t identity(const finding::Finding& finding) {
  Hash hash;
  hash.add(finding.rule);
  hash.add(finding.revision ? *finding.revision : finding.path);
  if (finding.source.empty()) {
    hash.add(finding.message);
  }
  for (const std::string& line : finding.source) {
    std::string bare;
    for (const char byte : line) {
      if (byte != ' ' && byte != '\t') {
        bare += byte;
      }
    }
    hash.add(bare);
  }
  return hash.value();
}

class Results {
 public:
  explicit Results(const Report& report) {
    for (std::size_t i = 0; i < report.rules.size(); ++i) {
      rule_indices_.emplace(report.rules[i].id, i);
    }
    for (const finding::Finding& finding : report.findings) {
      list_.push_back(result_json(finding));
    }
  }
  Json take() { return std::move(list_); }

 private:
  Json result_json(const finding::Finding& finding) {
    std::string text = finding.message;
    if (!finding.help.empty()) {
      text += "\n" + finding.help;
    }
    Json result = {{"ruleId", finding.rule}};
    if (const auto rule = rule_indices_.find(finding.rule); rule != rule_indices_.end()) {
      result["ruleIndex"] = rule->second;
    }
    result["level"] = finding::name(finding.severity);
    result["message"] = message(text);
    if (!finding.path.empty()) {
      result["locations"] = Json::array({location(finding.path, finding.begin, finding.end)});
    }
    if (!finding.related.empty()) {
      result["relatedLocations"] = related_json(finding);
    }
    const std::uint64_t id = identity(finding);
    result["partialFingerprints"] = {
        {"gaugerFinding/v1", fmt::format("{:016x}:{}", id, ++seen_[id])}};
    if (finding.revision) {
      result["properties"] = {{"revision", *finding.revision}};
    }
    return result;
  }

  static Json related_json(const finding::Finding& finding) {
    Json places = Json::array();
    for (const finding::Finding::Related& related : finding.related) {
      Json place = location(related.path, related.begin, {});
      place["id"] = places.size() + 1;
      place["message"] = message(related.message);
      places.push_back(std::move(place));
    }
    return places;
  }

  std::map<std::string_view, std::size_t> rule_indices_;
  std::map<std::uint64_t, int> seen_;
  Json list_ = Json::array();
};

Json notification_json(const base::Error& error) {
  std::string text = error.message;
  if (!error.help.empty()) {
    text += "\n" + error.help;
  }
  Json result = {
      {"level", "error"}, {"descriptor", {{"id", name(error.kind)}}}, {"message", message(text)}};
  if (const std::string_view path = attachable_path(error); !path.empty()) {
    result["locations"] = Json::array({location(path, error.position, {})});
  }
  return result;
}

Json invocation_json(const Report& report) {
  Json notifications = Json::array();
  for (const base::Error& error : report.errors) {
    notifications.push_back(notification_json(error));
  }
  return {{"executionSuccessful", report.errors.empty()},
          {"toolExecutionNotifications", std::move(notifications)}};
}

// The reporting descriptors that notifications refer to by id (3.58.2).
Json notifications_json(const Report& report) {
  std::set<std::string_view> kinds;
  for (const base::Error& error : report.errors) {
    kinds.insert(name(error.kind));
  }
  Json result = Json::array();
  for (const std::string_view kind : kinds) {
    result.push_back({{"id", kind}});
  }
  return result;
}

Json driver_json(const Report& report) {
  Json rules = Json::array();
  for (const finding::RuleInfo& rule : report.rules) {
    rules.push_back(rule_json(rule));
  }
  return {{"name", report.tool},
          {"version", report.version},
          {"semanticVersion", report.version},
          {"rules", std::move(rules)},
          {"notifications", notifications_json(report)}};
}

// Keeps apart, in one repository, the runs of several tools and on several projects (3.17.3); what
// comes after the last "/" would name one run.
std::string category(const Report& report) {
  const std::string folder = report.folder.value_or("");
  return fmt::format("{}/{}{}", report.tool, folder, folder.empty() ? "" : "/");
}

}  // namespace

std::string sarif(const Report& report) {
  Json run = {{"tool", {{"driver", driver_json(report)}}},
              {"automationDetails", {{"id", category(report)}}},
              {"columnKind", "unicodeCodePoints"},
              {"originalUriBaseIds",
               {{root_id, {{"description", {{"text", "The root of the repository"}}}}}}},
              {"invocations", Json::array({invocation_json(report)})},
              {"results", Results(report).take()}};
  const Json document = {{"$schema",
                          "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                          "sarif-schema-2.1.0.json"},
                         {"version", "2.1.0"},
                         {"runs", Json::array({std::move(run)})}};
  return base::dump(document, base::JsonLayout::indented) + "\n";
}

}  // namespace gauger::report
