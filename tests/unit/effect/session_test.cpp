#include <optional>
#include <string_view>

#include <doctest/doctest.h>

#include "effect/effect.hpp"
#include "unit/effect/measured.hpp"
#include "unit/effect/replay.hpp"

namespace {

using gauger::effect::Effect;
using gauger::effect::FailureKind;
using gauger::effect::Session;

Session after(std::string_view sql, int major = 15) {
  Session session{.postgres_version = major};
  for (const auto& operation : gauger::tests::operations(sql)) {
    gauger::effect::observe(operation, session);
  }
  return session;
}

std::optional<bool> utc(std::string_view sql) { return after(sql).timezone_utc; }

// Of one statement after others, on the base schema.
Effect effect_of(std::string_view statement, const Session& session = {}) {
  return gauger::effect::predict(gauger::tests::operations(statement),
                                 gauger::tests::base_catalog(), session);
}

}  // namespace

TEST_CASE("effect::observe: TimeZone") {
  CHECK(utc("select 1") == std::nullopt);
  CHECK(utc("set timezone = 'UTC'") == std::optional(true));
  CHECK(utc("set time zone 'Etc/UTC'") == std::optional(true));
  CHECK(utc("set timezone = 'Europe/London'") == std::optional(false));
  CHECK(utc("set timezone = 'UTC'; set timezone = 'Asia/Tokyo'") == std::optional(false));
  CHECK(utc("set timezone = 'UTC'; reset timezone") == std::nullopt);
  CHECK(utc("set timezone = 'UTC'; reset all") == std::nullopt);
  CHECK(utc("set local timezone = 'UTC'") == std::optional(true));
  CHECK(utc("set local timezone = 'UTC'; commit; select 1") == std::nullopt);
  CHECK(utc("set timezone = 'UTC'; commit; select 1") == std::optional(true));
  CHECK(utc("set lock_timeout = '0'") == std::nullopt);
}

TEST_CASE("effect::observe: timeouts") {
  const auto limited = [](std::string_view sql) { return after(sql).lock_timeout.set; };
  CHECK_FALSE(limited("select 1"));
  CHECK(limited("set local lock_timeout = '3s'"));
  CHECK(limited("set lock_timeout = '3s'; commit; select 1"));
  CHECK_FALSE(limited("set local lock_timeout = '3s'; commit; select 1"));
  CHECK(after("set local lock_timeout = '3s'; commit; select 1").lock_timeout.lost);
  CHECK_FALSE(limited("set lock_timeout = '3s'; set lock_timeout = 0"));
  CHECK_FALSE(limited("set lock_timeout = '3s'; reset all"));
  CHECK(limited("set lock_timeout = '3s'; set local lock_timeout = 0; commit; select 1"));
  CHECK(after("set statement_timeout = '3s'").statement_timeout.set);
}

TEST_CASE("effect::predict: ALTER TABLE drops before it adds") {
  CHECK(effect_of("alter table t add primary key (a2)").failure->kind == FailureKind::always);
  const auto exchanged = effect_of("alter table t add primary key (a2), drop column id cascade");
  CHECK(exchanged.failure->kind == FailureKind::on_some_rows);  // numbers that are there twice
}

TEST_CASE("effect::predict: what an older server does not know") {
  const char* unique = "alter table t add unique nulls not distinct (a)";
  CHECK(effect_of(unique, {.postgres_version = 14}).failure->kind == FailureKind::on_older_server);
  CHECK(effect_of(unique, {.postgres_version = 15}).failure->kind == FailureKind::on_some_rows);
}

TEST_CASE("effect::predict: labels that cannot be used yet") {
  const char* insert = "insert into t (id, e) values (1, 'great')";
  const char* column = "alter table t alter column e set default 'great'";
  const Session added = after("alter type mood add value 'great'");
  for (const char* statement : {insert, column}) {
    REQUIRE(effect_of(statement, added).failure.has_value());
    CHECK(effect_of(statement, added).failure->kind == FailureKind::always);
    CHECK_FALSE(effect_of(statement).failure.has_value());
    const Session committed = after("alter type mood add value 'great'; commit; select 1");
    CHECK_FALSE(effect_of(statement, committed).failure.has_value());
  }
  CHECK_FALSE(effect_of("insert into t (id, c) values (1, 'great')", added).failure.has_value());
  CHECK_FALSE(effect_of("insert into t (id, e) values (1, 'ok')", added).failure.has_value());
}

// Measured: it fails on 12 to 16 and works on 17 and 18.
TEST_CASE("effect::predict: a label of a type that is made in the same transaction") {
  const char* both = "create type mood as enum ('ok'); alter type mood add value 'great'";
  const char* insert = "insert into t (id, e) values (1, 'great')";
  CHECK(effect_of(insert, after(both, 16)).failure.has_value());
  CHECK_FALSE(effect_of(insert, after(both, 17)).failure.has_value());
}

TEST_CASE("effect::predict: what cannot be known") {
  CHECK_FALSE(effect_of("alter table t alter column ts type timestamptz").known);
  CHECK(effect_of("alter table t alter column ts type timestamptz", after("set timezone = 'UTC'"))
            .known);
  CHECK_FALSE(effect_of("alter table t add column x citext").known);
  CHECK_FALSE(effect_of("alter table t add column x int default theirs()").known);
  CHECK_FALSE(effect_of("alter table elsewhere add column x int").known);
  CHECK(effect_of("alter table elsewhere add column x int").locks.empty());
  gauger::catalog::Catalog incomplete;
  incomplete.complete = false;
  const auto operations = gauger::tests::operations("alter table elsewhere add column x int");
  const Effect effect = gauger::effect::predict(operations, incomplete, {});
  CHECK_FALSE(effect.known);
  REQUIRE(effect.locks.size() == 1);
  CHECK(effect.locks[0].table.name == "elsewhere");
}

TEST_CASE("effect::predict: outside of a transaction") {
  const Session outside{.in_transaction = false};
  const Effect built = effect_of("create index concurrently i on t (p_id)", outside);
  CHECK_FALSE(built.failure.has_value());
  REQUIRE(built.locks.size() == 1);
  CHECK(built.locks[0].lock == gauger::effect::Lock::share_update_exclusive);
  CHECK(effect_of("create index concurrently i on part (v)", outside).failure.has_value());
  const Effect detached =
      effect_of("alter table part detach partition part_1 concurrently", outside);
  REQUIRE(detached.failure.has_value());
  CHECK(detached.failure->message ==
        "cannot detach partitions concurrently when a default partition exists");
  CHECK_FALSE(effect_of("vacuum t", outside).failure.has_value());
}

TEST_CASE("effect::name") {
  CHECK(std::string_view(name(gauger::effect::Lock::share_row_exclusive)) == "SHARE ROW EXCLUSIVE");
  CHECK(blocks_writes(gauger::effect::Lock::share));
  CHECK_FALSE(blocks_writes(gauger::effect::Lock::share_update_exclusive));
  CHECK_FALSE(blocks_reads(gauger::effect::Lock::exclusive));
}
