#include "git/commits.hpp"

#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/file_tree.hpp"
#include "base/json.hpp"

namespace gauger::git {
namespace {

std::string variable(const Repository& repository, const std::string& name) {
  const auto found = repository.environment().find(name);
  return found == repository.environment().end() ? std::string() : found->second;
}

// Its output where it succeeds, without the final line end.
base::Result<std::optional<std::string>> line_if_any(const Repository& repository,
                                                     const std::vector<std::string>& arguments) {
  auto finished = repository.ask(arguments);
  if (!finished) {
    return base::failure(std::move(finished.error()));
  }
  if (finished->status != 0) {
    return std::nullopt;
  }
  if (finished->output.ends_with('\n')) {
    finished->output.pop_back();
  }
  return std::move(finished->output);
}

base::Result<std::optional<std::string>> resolve(const Repository& repository,
                                                 const std::string& name) {
  if (name.empty() || name.starts_with('-')) {
    return std::nullopt;  // no name of a commit begins so, but options do
  }
  return line_if_any(repository, {"rev-parse", "--verify", "--quiet", name + "^{commit}"});
}

bool answers(const Repository& repository, const std::vector<std::string>& arguments) {
  const auto line = line_if_any(repository, arguments);
  return line && *line;
}

// How a CI that clones little is told to clone more.
std::string deeper_in_ci(const Repository& repository) {
  if (variable(repository, "GITHUB_ACTIONS") == "true") {
    return "in the workflow's step actions/checkout write, below `with:`, fetch-depth: 0\n";
  }
  if (!variable(repository, "GITLAB_CI").empty()) {
    return "in .gitlab-ci.yml write, below `variables:`, GIT_DEPTH: 0\n";
  }
  return {};
}

std::string how_to_get(const Repository& repository, const std::string& name) {
  constexpr std::string_view remote = "origin/";
  if (!name.starts_with(remote)) {
    return "`git branch --all` lists the branches; a commit of a shallow clone's past comes with "
           "git fetch --unshallow";
  }
  const std::string branch = name.substr(remote.size());
  if (!answers(repository, {"config", "--get", "remote.origin.url"})) {
    return fmt::format(
        "there is no remote 'origin': name the base with --base, or as `base` in [pull-request] of "
        "gauger.toml{}",
        answers(repository, {"rev-parse", "--verify", "--quiet", "refs/heads/" + branch})
            ? fmt::format("; there is a branch '{}'", branch)
            : "");
  }
  std::string help = deeper_in_ci(repository);
  help += fmt::format("git fetch origin {}",
                      shell_word(fmt::format("+refs/heads/{0}:refs/remotes/origin/{0}", branch)));
  const auto other =
      line_if_any(repository, {"symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"});
  if (other && *other && **other != name) {
    help += fmt::format(
        "\nor, since the remote's own main branch is '{}', name that with --base, or as `base` in "
        "[pull-request] of gauger.toml",
        **other);
  }
  return help;
}

}  // namespace

base::Result<std::string> find_commit(const Repository& repository, const std::string& name) {
  auto commit = resolve(repository, name);
  if (!commit) {
    return base::failure(std::move(commit.error()));
  }
  if (*commit) {
    return **std::move(commit);
  }
  if (name == "HEAD") {
    return git_error("the repository has no commit yet", "git commit");
  }
  return git_error(fmt::format("git knows no commit '{}'", name), how_to_get(repository, name));
}

base::Result<std::string> merge_base(const Repository& repository, const std::string& commit,
                                     const std::string& other, const std::string& name) {
  auto finished = repository.ask({"merge-base", commit, other});
  if (!finished) {
    return base::failure(std::move(finished.error()));
  }
  if (finished->status == 0) {
    return finished->output.substr(0, finished->output.find('\n'));
  }
  if (finished->status != 1) {
    return git_error(
        fmt::format("git merge-base: {}", finished->errors.substr(0, finished->errors.find('\n'))));
  }
  if (is_shallow(repository)) {
    return git_error(
        fmt::format("this clone is shallow: where the branch parts from '{}' is not in it", name),
        deeper_in_ci(repository) + "git fetch --unshallow origin");
  }
  return git_error(fmt::format("HEAD and '{}' have no common ancestor", name),
                   "name the branch that this one will be merged into with --base");
}

bool is_shallow(const Repository& repository) {
  return repository.line({"rev-parse", "--is-shallow-repository"}) == "true";
}

std::string shown_name(const BaseName& base) {
  const bool is_hash = base.name.size() >= 40 &&
                       base.name.find_first_not_of("0123456789abcdef") == std::string::npos;
  return is_hash ? base.name.substr(0, 12) : base.name;
}

std::optional<BaseName> merge_queue_base(const Environment& environment) {
  const auto value = [&](const std::string& name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
  };
  const std::string path = value("GITHUB_EVENT_PATH");
  if (value("GITHUB_EVENT_NAME") != "merge_group" || !path.starts_with('/')) {
    return std::nullopt;
  }
  const auto text = base::WorkingTree("/").read(path.substr(1));
  const auto event = text ? base::parse_json(*text) : std::nullopt;
  if (!event || !event->is_object()) {
    return std::nullopt;
  }
  const auto group = event->find("merge_group");
  if (group == event->end() || !group->is_object()) {
    return std::nullopt;
  }
  const auto sha = group->find("base_sha");
  if (sha == group->end() || !sha->is_string()) {
    return std::nullopt;
  }
  return BaseName{.name = sha->get<std::string>(), .source = "the merge_group event"};
}

namespace {

// All three at once, where all is well: `HEAD...base` prints the base, HEAD, and "^" with each
// merge base ("Specifying Ranges" in gitrevisions(7)).
std::optional<BasePoint> find_at_once(const Repository& repository, const BaseName& base) {
  if (base.name.empty() || base.name.starts_with('-')) {
    return std::nullopt;
  }
  const auto lines =
      line_if_any(repository, {"rev-parse", "--revs-only", "HEAD..." + base.name + "^{commit}"});
  if (!lines || !*lines) {
    return std::nullopt;
  }
  const std::string& text = **lines;
  const std::size_t first = text.find('\n');
  const std::size_t second = first == std::string::npos ? first : text.find("\n^", first + 1);
  if (second == std::string::npos) {
    return std::nullopt;
  }
  const std::size_t third = text.find('\n', second + 2);
  return BasePoint{.base = base,
                   .commit = text.substr(0, first),
                   .head = text.substr(first + 1, second - first - 1),
                   .merge_base = text.substr(second + 2, third - second - 2)};
}

}  // namespace

base::Result<BasePoint> find_base_point(const Repository& repository, const BaseName& base) {
  if (auto point = find_at_once(repository, base)) {
    return *std::move(point);
  }
  auto head = find_commit(repository, "HEAD");
  if (!head) {
    return base::failure(std::move(head.error()));
  }
  BasePoint point{.base = base, .commit = {}, .head = *std::move(head), .merge_base = {}};
  const std::string said = base.source == "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
                               ? variable(repository, "CI_MERGE_REQUEST_DIFF_BASE_SHA")
                               : std::string();
  const auto instead = said.empty() ? base::Result<std::optional<std::string>>(std::nullopt)
                                    : resolve(repository, said);
  const bool has_instead = instead && *instead;

  auto commit = find_commit(repository, base.name);
  if (!commit && !has_instead) {
    return base::failure(std::move(commit.error()));
  }
  point.commit = commit ? *std::move(commit) : **instead;
  auto parting = merge_base(repository, point.head, point.commit, base.name);
  if (!parting && !has_instead) {
    return base::failure(std::move(parting.error()));
  }
  point.merge_base = parting ? *std::move(parting) : **instead;
  return point;
}

}  // namespace gauger::git
