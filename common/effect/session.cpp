#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

#include "effect/effect.hpp"
#include "effect/lookup.hpp"

namespace gauger::effect {
namespace {

// The names of the time zone that is 0 from UTC at all times.
bool is_utc(std::string_view value) {
  std::string name(value);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const std::string_view known : {"utc", "gmt", "etc/utc", "etc/gmt", "uct", "etc/uct", "zulu",
                                       "etc/zulu", "universal", "etc/universal", "0"}) {
    if (name == known) {
      return true;
    }
  }
  return false;
}

void set(const migration::SetParameter& set, Session& session) {
  if (set.name != "timezone" && set.name != "time zone" && !(set.reset && set.name == "all")) {
    return;
  }
  std::optional<bool> utc;
  if (!set.reset && set.value.find(migration::hole_name) == std::string::npos) {
    utc = is_utc(set.value);
  }
  session.timezone_utc = utc;
  if (!set.local) {
    session.timezone_before_transaction = utc;
  }
}

void set_timeout(const migration::SetParameter& set, bool may_run, Timeout& timeout) {
  const bool limits = !set.reset && set.value != "0";
  if (may_run && !limits) {
    return;
  }
  timeout.set = limits;
  timeout.lost = false;
  if (!set.local) {
    timeout.after_transaction = limits;
  }
}

void set_timeout(const migration::Operation& operation, const migration::SetParameter& set,
                 Session& session) {
  const bool all = set.reset && set.name == "all";
  if (all || set.name == "lock_timeout") {
    set_timeout(set, operation.may_run, session.lock_timeout);
  }
  if (all || set.name == "statement_timeout") {
    set_timeout(set, operation.may_run, session.statement_timeout);
  }
}

void end_transaction(Timeout& timeout) {
  timeout.lost = timeout.lost || (timeout.set && !timeout.after_transaction);
  timeout.set = timeout.after_transaction;
}

}  // namespace

void end_transaction(Session& session) {
  end_transaction(session.lock_timeout);
  end_transaction(session.statement_timeout);
  session.timezone_utc = session.timezone_before_transaction;
  session.new_labels.clear();
  session.new_enums.clear();
}

void observe(const migration::Operation& operation, Session& session) {
  if (operation.transaction != session.transaction || operation.commits_by_itself()) {
    end_transaction(session);
    session.transaction = operation.transaction;
  }
  if (const auto* action = operation.as<migration::SetParameter>()) {
    set(*action, session);
    set_timeout(operation, *action, session);
  } else if (operation.is<migration::CreateEnum>()) {
    session.new_enums.push_back(type_name(operation));
  } else if (const auto* add = operation.as<migration::AddEnumValue>();
             add != nullptr && add->label_known) {
    const auto type = type_name(operation);
    const bool is_new = std::any_of(session.new_enums.begin(), session.new_enums.end(),
                                    [&](const auto& each) { return same_object(each, type); });
    session.new_labels.push_back({.type = type, .label = add->label, .of_new_type = is_new});
  }
}

}  // namespace gauger::effect
