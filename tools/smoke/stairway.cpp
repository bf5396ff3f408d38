#include "tools/smoke/stairway.hpp"

#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "catalog/catalog.hpp"
#include "history/graph.hpp"

namespace gauger::tools {
namespace {

using alembic::Direction;
using base::Result;
using catalog::Catalog;
using history::History;
using history::Index;
using live::Workshop;

class Climb {
 public:
  Climb(const MakeWorkshop& make_workshop, const History& history, const Progress& progress)
      : make_workshop_(make_workshop), history_(history), progress_(progress) {}

  Result<Stairway> run() {
    if (auto opened = open(); !opened) {
      return base::failure(std::move(opened.error()));
    }
    if (auto prepared = prepare(); !prepared) {
      return base::failure(std::move(prepared.error()));
    }
    for (const Index index : history::topological_order(history_)) {
      const std::string& revision = history_[index].id;
      if (applied_[index]) {
        continue;
      }
      progress_(revision);
      if (auto done = climb(revision); !done) {
        return base::failure(std::move(done.error()));
      }
      if (stairway_.run.failed) {
        break;
      }
      applied_[index] = true;
      if (spoilt_) {
        if (auto again = begin_again(); !again) {
          return base::failure(std::move(again.error()));
        }
      }
    }
    return std::move(stairway_);
  }

 private:
  Result<void> open() {
    auto workshop = make_workshop_();
    if (!workshop) {
      return base::failure(std::move(workshop.error()));
    }
    workshop_.emplace(std::move(*workshop));
    return {};
  }

  // What does not change on the way.
  Result<void> prepare() {
    alembic::Session& session = workshop_->session();
    auto settings = session.settings();
    if (!settings) {
      return base::failure(std::move(settings.error()));
    }
    version_table_ = std::move(settings->version_table);
    auto idle = session.idle_downgrades();
    if (!idle) {
      return base::failure(std::move(idle.error()));
    }
    idle_ = std::move(*idle);
    auto current = session.current();
    if (!current) {
      return base::failure(std::move(current.error()));
    }
    std::vector<Index> heads;
    for (const std::string& id : *current) {
      if (const auto index = history_.find(id)) {
        heads.push_back(*index);
      }
    }
    applied_ =
        history::ancestors(history_, heads, history::Follow::down_revisions_and_dependencies);
    return remember();
  }

  // Up, down, up.
  Result<void> climb(const std::string& revision) {
    if (auto up = step(Direction::up, revision); !up || stairway_.run.failed) {
      return up;
    }
    if (const auto idle = idle_.find(revision); idle != idle_.end()) {
      if (idle->second != "nothing") {
        stairway_.skipped.push_back({revision, "downgrade() " + idle->second});
      }
      return remember();
    }
    if (auto down = step(Direction::down, revision); !down || stairway_.run.failed) {
      return down;
    }
    if (stays_up_) {
      return remember();
    }
    auto after = read();
    if (!after) {
      return base::failure(std::move(after.error()));
    }
    for (catalog::Difference& difference : diff(*after, before_)) {
      stairway_.leftovers.push_back({revision, std::move(difference)});
    }
    if (auto up = step(Direction::up, revision); !up) {
      return up;
    }
    if (stairway_.run.failed && !stairway_.run.failed->hangs) {
      // The climb goes on without what the downgrade left.
      stairway_.failed_returns.push_back(*std::exchange(stairway_.run.failed, std::nullopt));
      spoilt_ = true;
      return {};
    }
    return stairway_.run.failed ? Result<void>() : remember();
  }

  Result<void> step(Direction direction, const std::string& revision) {
    alembic::Session& session = workshop_->session();
    Run& run = stairway_.run;
    stays_up_ = false;
    session.observe({.ends = [&](const std::string& id, double seconds) {
      run.steps.push_back({.revision = id, .direction = direction, .seconds = seconds});
    }});
    auto done = session.step(direction, revision);
    session.observe({});
    if (done) {
      return {};
    }
    if (auto judged = judge_failure(*workshop_, direction, std::move(done.error()), run);
        !judged || direction == Direction::up || run.failed->hangs) {
      return judged;
    }
    // A downgrade: it is still up.
    const Failed failed = *std::exchange(run.failed, std::nullopt);
    stays_up_ = true;
    if (failed.failure.raised) {
      stairway_.skipped.push_back({revision, "downgrade() raises: " + failed.failure.message});
    } else {
      stairway_.failed_downgrades.push_back(failed);
    }
    return {};
  }

  // A new database, brought to where the climb is.
  Result<void> begin_again() {
    spoilt_ = false;
    workshop_.reset();
    if (auto opened = open(); !opened) {
      return opened;
    }
    for (const Index index : history::topological_order(history_)) {
      if (!applied_[index]) {
        continue;
      }
      bool top = true;
      for (const Index child : history_.children(index)) {
        top = top && !applied_[child];
      }
      if (!top) {
        continue;
      }
      auto done = workshop_->session().upgrade(history_[index].id);
      if (!done) {
        return judge_failure(*workshop_, Direction::up, std::move(done.error()), stairway_.run);
      }
    }
    return remember();
  }

  Result<Catalog> read() {
    auto catalog = workshop_->read();
    if (catalog) {
      catalog->tables.erase(live::qualified(version_table_));
    }
    return catalog;
  }

  Result<void> remember() {
    auto catalog = read();
    if (!catalog) {
      return base::failure(std::move(catalog.error()));
    }
    before_ = std::move(*catalog);
    return {};
  }

  const MakeWorkshop& make_workshop_;
  const History& history_;
  const Progress& progress_;
  std::optional<Workshop> workshop_{};
  alembic::SchemaName version_table_{};
  std::map<std::string, std::string> idle_{};
  history::RevisionSet applied_{};
  Catalog before_{};       // of the revision that is next
  bool stays_up_ = false;  // the last downgrade did not happen
  bool spoilt_ = false;    // the last revision did not come up again
  Stairway stairway_{};
};

}  // namespace

Result<Stairway> climb(const MakeWorkshop& make_workshop, const History& history,
                       const Progress& progress) {
  return Climb(make_workshop, history, progress).run();
}

base::Json describe(const Stairway& stairway) {
  base::Json result = describe(stairway.run);
  base::Json leftovers = base::Json::array();
  for (const Leftover& each : stairway.leftovers) {
    leftovers.push_back({{"revision", each.revision}, {"difference", display(each.difference)}});
  }
  base::Json skipped = base::Json::array();
  for (const Skipped& each : stairway.skipped) {
    skipped.push_back({{"revision", each.revision}, {"reason", each.reason}});
  }
  result["leftovers"] = std::move(leftovers);
  result["skipped"] = std::move(skipped);
  return result;
}

}  // namespace gauger::tools
