#include "tools/migration-lint/fixing.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/edit.hpp"
#include "base/encoding.hpp"
#include "base/utf8.hpp"

namespace gauger::tools {
namespace {

// The tree as it would be.
class MendedTree final : public base::FileTree {
 public:
  MendedTree(const base::FileTree& tree, const std::map<std::string, Mended>& files)
      : tree_(tree), files_(files) {}

  [[nodiscard]] base::Result<std::vector<base::Entry>> list(
      const std::string& folder) const override {
    return tree_.list(folder);
  }
  [[nodiscard]] base::Result<std::string> read(const std::string& path) const override {
    const auto mended = files_.find(path);
    return mended == files_.end() ? tree_.read(path)
                                  : base::Result<std::string>(mended->second.bytes);
  }
  [[nodiscard]] std::optional<base::EntryKind> kind(const std::string& path) const override {
    return tree_.kind(path);
  }
  [[nodiscard]] base::RealPath real_path(const std::string& path) const override {
    return tree_.real_path(path);
  }

 private:
  const base::FileTree& tree_;
  const std::map<std::string, Mended>& files_;
};

std::uint32_t offset_of(std::string_view text, base::Position position) {
  const base::LineIndex lines(text);
  if (position.line == 0 || position.line > lines.line_count()) {
    return 0;
  }
  std::size_t offset = lines.line_span(text, position.line).begin;
  for (std::uint32_t column = 1; column < position.column && offset < text.size(); ++column) {
    offset += base::decode_utf8(text, offset).size;
  }
  return static_cast<std::uint32_t>(offset);
}

// Where the finding, with what its fix changes, is in the mended text.
base::Span place_afterwards(const finding::Finding& finding, const Mended& file) {
  base::Span span{offset_of(file.source.text, finding.begin),
                  offset_of(file.source.text, finding.end)};
  for (const base::Edit& edit : finding.fix) {
    span.begin = std::min(span.begin, edit.span.begin);
    span.end = std::max(span.end, edit.span.end);
  }
  std::int64_t begin = span.begin;
  std::int64_t end = span.end;
  for (const base::Edit& edit : file.edits) {
    const auto grows = static_cast<std::int64_t>(edit.replacement.size()) - edit.span.size();
    begin += edit.span.end <= span.begin && edit.span.begin < span.begin ? grows : 0;
    end += edit.span.begin <= span.end ? grows : 0;
  }
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

base::Result<std::map<std::string, Mended>> mend(
    const std::vector<const finding::Finding*>& findings, const base::FileTree& tree) {
  std::map<std::string, Mended> files;
  for (const finding::Finding* finding : findings) {
    auto known = files.find(finding->path);
    if (known == files.end()) {
      auto bytes = tree.read(finding->path);
      if (!bytes) {
        return base::failure(std::move(bytes.error()));
      }
      auto source = base::decode_source(std::move(*bytes), finding->path);
      if (!source) {
        return base::failure(std::move(source.error()));
      }
      known = files.emplace(finding->path, Mended{.source = std::move(*source)}).first;
    }
    // A call in a loop is found each time.
    std::vector<base::Edit>& edits = known->second.edits;
    std::copy_if(finding->fix.begin(), finding->fix.end(), std::back_inserter(edits),
                 [&](const base::Edit& edit) {
                   return std::find(edits.begin(), edits.end(), edit) == edits.end();
                 });
  }
  for (auto& [path, file] : files) {
    file.text = base::apply(file.source.text, file.edits);
    base::SourceText mended = file.source;
    mended.text = file.text;
    auto bytes = base::encode_source(mended, path);
    if (!bytes) {
      return base::failure(std::move(bytes.error()));
    }
    file.bytes = std::move(*bytes);
  }
  return files;
}

bool is_still_found(const finding::Finding& finding, const Mended& file,
                    const cli::Outcome& afterwards) {
  const base::Span place = place_afterwards(finding, file);
  const bool unreadable =
      std::any_of(afterwards.errors.begin(), afterwards.errors.end(),
                  [&](const base::Error& error) { return error.path == finding.path; });
  return unreadable ||
         std::any_of(afterwards.findings.begin(), afterwards.findings.end(),
                     [&](const finding::Finding& left) {
                       const std::uint32_t at = offset_of(file.text, left.begin);
                       // One call may make columns of which some have no fix.
                       return left.rule == finding.rule && left.message == finding.message &&
                              left.path == finding.path && place.begin <= at && at <= place.end;
                     });
}

}  // namespace

base::Result<Fixes> choose_fixes(
    const std::vector<finding::Finding>& findings, const std::set<std::string>& untouched,
    const base::FileTree& tree,
    const std::function<base::Result<cli::Outcome>(const base::FileTree&)>& look) {
  Fixes fixes;
  std::vector<const finding::Finding*> chosen;
  for (const finding::Finding& finding : findings) {
    if (!finding.fix.empty() && !untouched.contains(finding.path)) {
      chosen.push_back(&finding);
    }
  }
  while (!chosen.empty()) {
    auto files = mend(chosen, tree);
    if (!files) {
      return base::failure(std::move(files.error()));
    }
    const auto afterwards = look(MendedTree(tree, *files));
    if (!afterwards) {
      return base::failure(afterwards.error());
    }
    const auto refused = std::erase_if(chosen, [&](const finding::Finding* finding) {
      return is_still_found(*finding, files->at(finding->path), *afterwards);
    });
    fixes.refused += refused;
    if (refused == 0) {
      fixes.files = std::move(*files);
      break;
    }
  }
  return fixes;
}

}  // namespace gauger::tools
