#include "cli/base_option.hpp"

#include <utility>

#include "branch/merged_history.hpp"
#include "project/environment.hpp"

namespace gauger::cli {

Flag base_flag(std::optional<std::string>& target, std::string help) {
  return {.name = "--base", .value_name = "REF", .help = std::move(help), .target = &target};
}

base::Result<BaseChoice> choose_base(const Context& context,
                                     const std::optional<std::string>& flag) {
  const project::Settings& settings = context.project.settings;
  const auto env_file = project::read_env_file(settings.database);
  if (!env_file) {
    return base::failure(env_file.error());
  }
  project::BaseReference said =
      project::base_reference(flag, settings, context.environment, *env_file);
  const bool is_default = said.source == "default";
  if (is_default) {
    if (auto queued = git::merge_queue_base(context.environment)) {
      return BaseChoice{.name = *std::move(queued), .is_asked_for = true};
    }
  }
  return BaseChoice{.name = {.name = std::move(said.name), .source = std::move(said.source)},
                    .is_asked_for = !is_default};
}

base::Result<Base> find_base(const Context& context, const git::BaseName& name) {
  auto repository = git::Repository::open(context.project.repository_root, context.environment,
                                          context.current_folder);
  if (!repository) {
    return base::failure(std::move(repository.error()));
  }
  auto point = git::find_base_point(*repository, name);
  if (!point) {
    return base::failure(std::move(point.error()));
  }
  return Base{*std::move(repository), *std::move(point)};
}

base::Result<std::optional<history::RevisionSet>> own_revisions(const Context& context,
                                                                const BaseChoice& choice,
                                                                const history::History& history) {
  const auto base = find_base(context, choice.name);
  if (!base) {
    if (choice.is_asked_for) {
      return base::failure(base.error());
    }
    return std::nullopt;
  }
  auto own =
      branch::own_revisions(context.project, context.tree, history, base->repository, base->point);
  if (!own) {
    return base::failure(std::move(own.error()));
  }
  return *std::move(own);
}

std::optional<history::RevisionSet> own_revisions_if_known(const Context& context,
                                                           const history::History& history) {
  const auto choice = choose_base(context, std::nullopt);
  if (!choice) {
    return std::nullopt;
  }
  auto own = own_revisions(context, *choice, history);
  return own ? *std::move(own) : std::nullopt;
}

}  // namespace gauger::cli
