#include "history/read.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "history/excerpt.hpp"
#include "history/identifiers.hpp"
#include "python/outline.hpp"

namespace gauger::history {
namespace {

using eval::Constant;
using eval::ConstantKind;

tl::unexpected<base::Error> unreadable_identifier(const std::string& path, std::string_view text,
                                                  base::Span span, std::string message,
                                                  std::string help) {
  const base::Position position =
      span.empty() ? base::Position{} : base::position_of(text, span.begin);
  return base::failure({.kind = base::ErrorKind::identifier,
                        .message = std::move(message),
                        .path = path,
                        .position = position,
                        .help = std::move(help)});
}

base::Span place_of(const Constant& constant) {
  return constant.value_span.empty() ? constant.span : constant.value_span;
}

std::string_view literal_help(IdentifierName name) {
  switch (name) {
    case IdentifierName::revision:
      return "write the id as a string, such as revision = \"1a2b3c4d5e6f\"";
    case IdentifierName::down_revision:
      return "write the parent's id as a string, None for a base, or a tuple of ids for a merge";
    case IdentifierName::depends_on:
    case IdentifierName::branch_labels:
      break;
  }
  return "write None, a string, or a tuple of strings";
}

// The file name of a revision of Alembic 0.1, which has its id in the name only (`_legacy_rev` in
// alembic/script/base.py).
std::optional<std::string> legacy_id(std::string_view path) {
  std::string_view name = base::file_name(path);
  if (!name.ends_with(".py")) {
    return std::nullopt;
  }
  name.remove_suffix(3);
  const bool hexadecimal = std::all_of(name.begin(), name.end(), [](char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
  });
  return hexadecimal && !name.empty() ? std::optional<std::string>(name) : std::nullopt;
}

// Turns the identifiers of one file into a Revision; stops at the first that cannot be used.
class RevisionMaker {
 public:
  RevisionMaker(const std::string& path, std::string_view text, const python::Outline& outline,
                eval::Library* modules)
      : path_(path), text_(text), identifiers_(read_identifiers(path, text, outline, modules)) {}

  [[nodiscard]] base::Result<Revision> make() {
    Revision revision;
    revision.path = path_;
    if (auto id = read_id(); id) {
      revision.id = std::move(*id);
    } else {
      return base::failure(std::move(id.error()));
    }
    using Name = IdentifierName;
    for (const auto& [name, list] : {std::pair(Name::down_revision, &revision.down_revisions),
                                     std::pair(Name::depends_on, &revision.depends_on),
                                     std::pair(Name::branch_labels, &revision.branch_labels)}) {
      if (auto values = read_list(name); values) {
        *list = std::move(*values);
      } else {
        return base::failure(std::move(values.error()));
      }
    }
    revision.revision_binding = binding(Name::revision);
    revision.down_revision_binding = binding(Name::down_revision);
    revision.depends_on_binding = binding(Name::depends_on);
    revision.branch_labels_binding = binding(Name::branch_labels);
    return revision;
  }

 private:
  [[nodiscard]] Binding binding(IdentifierName name) const {
    return {identifiers_[name].span, identifiers_[name].value_span};
  }

  [[nodiscard]] tl::unexpected<base::Error> unusable(IdentifierName name) const {
    const Constant& constant = identifiers_[name];
    const std::string message =
        constant.kind == ConstantKind::unknown
            ? fmt::format("`{}` cannot be known without running the file: {}", spelling(name),
                          constant.description)
            : fmt::format("`{}` is {}", spelling(name), constant.description);
    return unreadable_identifier(path_, text_, place_of(constant), message,
                                 std::string(literal_help(name)));
  }

  [[nodiscard]] base::Result<std::string> read_id() const {
    const Constant& constant = identifiers_[IdentifierName::revision];
    switch (constant.kind) {
      case ConstantKind::text:
        return constant.text;
      case ConstantKind::absent:
        if (auto id = legacy_id(path_)) {
          return std::move(*id);
        }
        return unreadable_identifier(
            path_, text_, {}, "the file assigns no `revision`, and Alembic stops at such a file",
            "move the file out of the version location, or write the identifiers of a revision");
      case ConstantKind::none:
      case ConstantKind::sequence:
        return unreadable_identifier(
            path_, text_, place_of(constant),
            fmt::format("`revision` is {}, not a string",
                        constant.kind == ConstantKind::none ? "None" : "a list of ids"),
            std::string(literal_help(IdentifierName::revision)));
      case ConstantKind::other:
      case ConstantKind::unknown:
        break;
    }
    return unusable(IdentifierName::revision);
  }

  [[nodiscard]] base::Result<std::vector<std::string>> read_list(IdentifierName name) const {
    const Constant& constant = identifiers_[name];
    switch (constant.kind) {
      case ConstantKind::text:
        return std::vector<std::string>{constant.text};
      case ConstantKind::sequence:
        return constant.items;
      case ConstantKind::absent:
        if (name == IdentifierName::down_revision) {
          return unreadable_identifier(
              path_, text_, {},
              "the file assigns no `down_revision`, and Alembic stops at such a file",
              std::string(literal_help(name)));
        }
        return std::vector<std::string>{};
      case ConstantKind::none:
        return std::vector<std::string>{};
      case ConstantKind::other:
      case ConstantKind::unknown:
        break;
    }
    return unusable(name);
  }

  const std::string& path_;
  std::string_view text_;
  Identifiers identifiers_;
};

base::Result<Revision> read_file(const base::FileTree& tree, const project::RevisionFile& file,
                                 eval::Library* modules) {
  if (file.compiled) {
    return base::failure({.kind = base::ErrorKind::identifier,
                          .message = "a compiled revision cannot be read without running it",
                          .path = file.path,
                          .help = "keep the source beside it, or switch `sourceless` off"});
  }
  base::Result<base::SourceText> source = read_source(tree, file.path);
  if (!source) {
    return base::failure(std::move(source.error()));
  }
  return read_revision(file.path, source->text, modules);
}

}  // namespace

base::Result<Revision> read_revision(const std::string& path, std::string_view text,
                                     eval::Library* modules) {
  const base::Result<python::Outline> outline = python::outline(text);
  if (!outline) {
    base::Error error = outline.error();
    error.path = path;
    return base::failure(std::move(error));
  }
  base::Result<Revision> revision = RevisionMaker(path, text, *outline, modules).make();
  if (revision) {
    revision->header = read_header(text, *outline);
  }
  return revision;
}

RevisionReading read_revisions(const base::FileTree& tree,
                               std::span<const project::RevisionFile> files, eval::Library* modules,
                               unsigned threads) {
  RevisionReading reading;
  reading.revisions.resize(files.size());
  std::map<std::size_t, base::Error> errors;  // by the file's place
  std::mutex errors_mutex;
  base::parallel_for(files.size(), threads, [&](std::size_t i) {
    auto revision = read_file(tree, files[i], modules);
    if (revision) {
      reading.revisions[i] = std::move(*revision);
    } else {
      const std::lock_guard<std::mutex> lock(errors_mutex);
      errors.emplace(i, std::move(revision.error()));
    }
  });
  for (auto& [place, error] : errors) {
    reading.errors.push_back(std::move(error));
  }
  std::size_t read = 0;
  for (std::size_t i = 0; !errors.empty() && i < files.size(); ++i) {
    if (!errors.contains(i)) {
      std::swap(reading.revisions[read++], reading.revisions[i]);
    }
  }
  reading.revisions.resize(files.size() - errors.size());
  return reading;
}

RevisionReading read_revisions(const base::FileTree& tree,
                               const project::AlembicSettings& alembic) {
  project::RevisionFiles found = project::revision_files(tree, alembic);
  eval::Library modules(tree, alembic.import_folders);
  RevisionReading reading = read_revisions(tree, found.files, &modules, base::worker_count());
  reading.errors.insert(reading.errors.begin(), std::make_move_iterator(found.errors.begin()),
                        std::make_move_iterator(found.errors.end()));
  reading.not_entered = std::move(found.not_entered);
  return reading;
}

}  // namespace gauger::history
