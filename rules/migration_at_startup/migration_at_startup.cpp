#include "rules/migration_at_startup/migration_at_startup.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "engine/syntax.hpp"

namespace gauger::rules {
namespace {

// What the call does; empty: nothing of that kind.
std::string_view deed_of(const python::Node& call, std::string_view source) {
  const std::string name = engine::dotted_callee(call);
  const bool has_command = source.find("from alembic import") != std::string_view::npos;
  if (name == "alembic.command.upgrade" || name == "flask_migrate.upgrade" ||
      (name == "command.upgrade" && has_command)) {
    return "runs the migrations";
  }
  const bool imported = source.find("from alembic.command import") != std::string_view::npos ||
                        source.find("from flask_migrate import") != std::string_view::npos;
  if (name == "upgrade" && imported) {
    return "runs the migrations";
  }
  if (name.ends_with("metadata.create_all") || name == "db.create_all") {
    return "creates tables past the migrations";
  }
  const bool starts_process = name.starts_with("subprocess.") || name == "os.system" ||
                              name.starts_with("os.exec") || name.starts_with("os.spawn") ||
                              name.ends_with("create_subprocess_exec") ||
                              name.ends_with("create_subprocess_shell");
  if (starts_process) {
    const std::string words = engine::strings_in(call);
    const bool alembic =
        words.find("alembic") != std::string::npos || words.find("flask db") != std::string::npos;
    return alembic && words.find("upgrade") != std::string::npos ? "runs the migrations" : "";
  }
  return {};
}

std::vector<engine::Report> check_migration_at_startup(const engine::ApplicationContext& context) {
  std::vector<engine::Report> reports;
  engine::visit_calls(context.module.syntax.root(), [&](const python::Node& call) {
    const std::string_view deed = deed_of(call, context.module.text);
    if (!deed.empty()) {
      reports.push_back(
          {.span = call.span,
           .message = fmt::format("the application {} when it starts", deed),
           .help =
               "run `alembic upgrade head` as a step of the deployment, once, before it starts"});
    }
  });
  return reports;
}

}  // namespace

const engine::Rule migration_at_startup{
    .info = {.id = "migration-at-startup",
             .severity = finding::Severity::error,
             .summary = "The application runs migrations, or creates tables, when it starts.",
             .explanation = "Every process that starts then tries it: several at once wait for "
                            "each other or fail, a failed migration keeps the application from "
                            "starting, and the application needs a role that may change the "
                            "schema. `create_all` makes tables that no revision knows.\n\n"
                            "Run `alembic upgrade head` as a step of the deployment, before the "
                            "application starts."},
    .claim = {engine::ClaimKind::nothing},
    .check_application = check_migration_at_startup};

}  // namespace gauger::rules
