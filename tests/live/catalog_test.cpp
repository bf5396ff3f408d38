// Reading a Catalog, of every kind of object, on the server that is there.
#include "catalog/catalog.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "database/connection.hpp"
#include "database/read_catalog.hpp"
#include "live.hpp"

using namespace gauger;
using catalog::Catalog;
using catalog::Column;
using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::Identity;
using catalog::Index;
using catalog::IndexKey;
using catalog::QualifiedName;
using catalog::Table;
using Names = std::vector<std::string>;

namespace {

database::Connection connect(const std::string& name) {
  return live::must(database::Connection::open(live::server().dsn(name)));
}

// A database of its own for each name, made by the statements.
database::Connection make_database(const std::string& name, const std::string& statements) {
  auto admin = connect("postgres");
  live::must(admin.query("CREATE DATABASE " + database::quote_identifier(name)));
  auto connection = connect(name);
  live::must(connection.query(statements));
  return connection;
}

Catalog read(database::Connection& connection) {
  return live::must(database::read_catalog(connection));
}

// Of schema.sql.
const Catalog& sample() {
  static const Catalog shared = [] {
    std::ostringstream text;
    text << std::ifstream(LIVE_SCHEMA).rdbuf();
    auto connection = make_database("sample", text.str());
    return read(connection);
  }();
  return shared;
}

const Table& table(const Catalog& from, const std::string& schema, const std::string& name) {
  REQUIRE(from.tables.contains({schema, name}));
  return from.tables.at({schema, name});
}

template <class T>
const T& named(const std::vector<T>& all, const std::string& name) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const T& each) { return each.name == name; });
  INFO(name);
  REQUIRE(found != all.end());
  return *found;
}

template <class T>
Names names_of(const std::vector<T>& all) {
  Names result;
  for (const T& each : all) {
    result.push_back(each.name);
  }
  return result;
}

Names table_names(const Catalog& from) {
  Names result;
  for (const auto& [name, each] : from.tables) {
    result.push_back(name.schema + "." + name.name);
  }
  return result;
}

const Table& users() { return table(sample(), "public", "users"); }

}  // namespace

TEST_CASE("read_catalog finds the tables and schemas of users") {
  CHECK(table_names(sample()) == Names{"app.comments", "app.posts", "public.child_table",
                                       "public.events", "public.events_2024", "public.events_rest",
                                       "public.parent_table", "public.reading_notes",
                                       "public.readings", "public.readings_0", "public.users"});
  CHECK(sample().schemas == Names{"Odd \"schema\"", "app", "public"});
  CHECK(sample().extensions.empty());
  CHECK(sample().complete);
  CHECK(users().comment == "people, and\nmore");
  CHECK_FALSE(users().unlogged);
  CHECK(table(sample(), "public", "parent_table").unlogged);
}

TEST_CASE("read_catalog reads columns in the server's form") {
  CHECK(names_of(users().columns) == Names{"id", "other_id", "serial_id", "email", "name",
                                           "nickname", "mood", "app_mood", "price", "twice", "tags",
                                           "created", "ticket", "computed", "period",
                                           "Weird \"col\", name"});
  const auto column = [](const std::string& name) { return named(users().columns, name); };
  CHECK(column("id") ==
        Column{.name = "id", .type = "bigint", .nullable = false, .identity = Identity::always});
  CHECK(column("other_id") == Column{.name = "other_id",
                                     .type = "integer",
                                     .nullable = false,
                                     .identity = Identity::by_default,
                                     .identity_options = "INCREMENT BY 10 START WITH 100 CYCLE"});
  CHECK(column("serial_id") == Column{.name = "serial_id",
                                      .type = "integer",
                                      .nullable = false,
                                      .default_ = "nextval('users_serial_id_seq'::regclass)"});
  CHECK(column("email") == Column{.name = "email", .type = "app.email", .nullable = true});
  CHECK(column("name") == Column{.name = "name",
                                 .type = "character varying(50)",
                                 .nullable = false,
                                 .default_ = "'it''s'::character varying",
                                 .comment = "the name"});
  CHECK(column("nickname") ==
        Column{.name = "nickname", .type = "text", .nullable = true, .collation = "C"});
  CHECK(column("mood") ==
        Column{.name = "mood", .type = "mood", .nullable = true, .default_ = "'sad'::mood"});
  CHECK(column("app_mood").type == "app.mood");
  CHECK(column("price").type == "numeric(10,2)");
  CHECK(column("price").default_ == "1.5");
  CHECK(column("twice") == Column{.name = "twice",
                                  .type = "numeric",
                                  .nullable = true,
                                  .generated = "(price * (2)::numeric)"});
  CHECK(column("tags").type == "text[]");
  CHECK(column("tags").default_ == "'{}'::text[]");
  CHECK(column("created").type == "timestamp(3) with time zone");
  CHECK(column("ticket").default_ == "nextval('app.tickets'::regclass)");
  CHECK(column("computed").default_ == "app.next_number(1)");
}

TEST_CASE("read_catalog reads constraints") {
  const std::vector<Constraint>& all = users().constraints;
  CHECK(names_of(all) == Names{"users_created_ex", "users_name_uq", "users_nick_ck", "users_pkey",
                               "users_price_ck"});
  CHECK(named(all, "users_pkey") ==
        Constraint{.name = "users_pkey", .kind = ConstraintKind::primary_key, .columns = {"id"}});
  CHECK(named(all, "users_name_uq") == Constraint{.name = "users_name_uq",
                                                  .kind = ConstraintKind::unique,
                                                  .columns = {"name", "Weird \"col\", name"},
                                                  .deferrable = true,
                                                  .initially_deferred = true});
  CHECK(named(all, "users_price_ck") == Constraint{.name = "users_price_ck",
                                                   .kind = ConstraintKind::check,
                                                   .expression = "(price > (0)::numeric)",
                                                   .no_inherit = true});
  CHECK(named(all, "users_nick_ck") == Constraint{.name = "users_nick_ck",
                                                  .kind = ConstraintKind::check,
                                                  .expression = "(nickname <> ''::text)",
                                                  .valid = false});
  CHECK(named(all, "users_created_ex") ==
        Constraint{.name = "users_created_ex",
                   .kind = ConstraintKind::exclude,
                   .expression = "USING gist (period WITH &&) WHERE ((price > (5)::numeric))",
                   .deferrable = true});
}

TEST_CASE("read_catalog reads foreign keys") {
  CHECK(named(table(sample(), "app", "posts").constraints, "posts_author_fkey") ==
        Constraint{.name = "posts_author_fkey",
                   .kind = ConstraintKind::foreign_key,
                   .columns = {"author"},
                   .referenced = {"public", "users"},
                   .referenced_columns = {"id"},
                   .on_delete = "CASCADE",
                   .on_update = "RESTRICT"});
  const std::vector<Constraint>& all = table(sample(), "app", "comments").constraints;
  CHECK(named(all, "comments_fk") == Constraint{.name = "comments_fk",
                                                .kind = ConstraintKind::foreign_key,
                                                .columns = {"a", "b"},
                                                .referenced = {"app", "posts"},
                                                .referenced_columns = {"a", "b"},
                                                .on_delete = "SET NULL",
                                                .on_update = "SET DEFAULT",
                                                .deferrable = true,
                                                .match_full = true});
  CHECK_FALSE(named(all, "late_fk").valid);
}

TEST_CASE("read_catalog reads indexes") {
  const std::vector<Index>& all = users().indexes;
  CHECK(names_of(all) == Names{"users_created_ex", "users_email", "users_lower", "users_name_uq",
                               "users_ops", "users_order", "users_pkey", "users_tags"});
  CHECK(named(all, "users_lower") ==
        Index{.name = "users_lower",
              .keys = {IndexKey{.expression = "lower(nickname)", .collation = "C"},
                       IndexKey{.expression = "(price + (1)::numeric)", .descending = true}}});
  CHECK(named(all, "users_order") ==
        Index{.name = "users_order",
              .keys = {IndexKey{.column = "name", .descending = true, .nulls_last = true},
                       IndexKey{.column = "nickname", .nulls_first = true},
                       IndexKey{.column = "id", .descending = true}}});
  CHECK(named(all, "users_ops") == Index{.name = "users_ops",
                                         .keys = {IndexKey{.column = "nickname",
                                                           .operator_class = "text_pattern_ops",
                                                           .collation = "POSIX"}},
                                         .included = {"price", "mood"},
                                         .predicate = "(mood = 'happy'::mood)",
                                         .options = "fillfactor=70"});
  CHECK(named(all, "users_tags") ==
        Index{.name = "users_tags", .keys = {IndexKey{.column = "tags"}}, .method = "gin"});
  CHECK(named(all, "users_email") ==
        Index{.name = "users_email", .keys = {IndexKey{.column = "email"}}, .unique = true});
  CHECK(named(all, "users_pkey").constraint == "users_pkey");
  CHECK(named(all, "users_created_ex").constraint == "users_created_ex");
  CHECK(named(all, "users_created_ex").method == "gist");
}

TEST_CASE("read_catalog reads an index that a failed build left invalid") {
  auto connection =
      make_database("invalid", "CREATE TABLE t (a integer); INSERT INTO t VALUES (1), (1)");
  CHECK_FALSE(connection.query("CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a)").has_value());
  const Catalog seen = read(connection);
  CHECK_FALSE(named(table(seen, "public", "t").indexes, "t_a").valid);
}

TEST_CASE("read_catalog reads partitions and inheritance") {
  const Table& events = table(sample(), "public", "events");
  CHECK(events.partition_strategy == "range");
  CHECK(events.partition_key == Names{"day", "lower(kind)", "kind"});
  CHECK(named(events.indexes, "events_kind") ==
        Index{.name = "events_kind", .keys = {IndexKey{.column = "kind"}}});
  CHECK_FALSE(named(events.constraints, "events_kind_ck").inherited);

  const Table& part = table(sample(), "public", "events_2024");
  CHECK(part.partition_of == QualifiedName{"public", "events"});
  CHECK(part.partition_bounds ==
        "FOR VALUES FROM ('2024-01-01', 'a', 'a') TO ('2025-01-01', 'a', 'a')");
  CHECK_FALSE(part.default_partition);
  CHECK(named(part.constraints, "events_kind_ck").inherited);
  CHECK(named(part.constraints, "events_author_fkey").inherited);
  CHECK(named(part.indexes, "events_2024_kind_idx").inherited);

  const Table& rest = table(sample(), "public", "events_rest");
  CHECK(rest.default_partition);
  CHECK(rest.partition_strategy == "list");
  CHECK(table(sample(), "public", "readings").partition_strategy == "hash");
  const Table& slice = table(sample(), "public", "readings_0");
  CHECK(named(slice.constraints, "readings_0_pkey").inherited);
  CHECK(named(slice.indexes, "readings_0_pkey").inherited);
  CHECK(slice.partition_bounds == "FOR VALUES WITH (modulus 2, remainder 0)");
  // The rows that the server has for the partitions of the other table are not constraints.
  CHECK(names_of(table(sample(), "public", "reading_notes").constraints) ==
        Names{"reading_notes_reading_fkey"});

  const Table& child = table(sample(), "public", "child_table");
  CHECK(child.inherits == std::vector<QualifiedName>{{"public", "parent_table"}});
  CHECK(child.partition_of.name.empty());
  CHECK(names_of(child.columns) == Names{"id", "extra"});
  CHECK(named(child.constraints, "parent_table_id_check").inherited);
}

TEST_CASE("read_catalog reads triggers and policies") {
  CHECK(users().triggers == Names{"users_touch"});
  CHECK(users().trigger_definitions ==
        Names{"CREATE TRIGGER users_touch BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE "
              "FUNCTION touch() (disabled)"});
  CHECK(table(sample(), "public", "events").triggers == Names{"events_touch"});
  CHECK(table(sample(), "public", "events_2024").triggers.empty());
  CHECK(users().row_security);
  CHECK(users().row_security_forced);
  CHECK_FALSE(table(sample(), "public", "events").row_security);
  CHECK(users().policies == Names{"all_of", "own"});
  CHECK(users().policy_definitions ==
        Names{"FOR ALL TO PUBLIC",
              "AS RESTRICTIVE FOR UPDATE TO PUBLIC USING (((name)::text = CURRENT_USER)) WITH "
              "CHECK ((id > 0))"});
}

TEST_CASE("read_catalog reads types") {
  CHECK(sample().enums.size() == 2);
  CHECK(sample().enums.at({"public", "mood"}).labels ==
        Names{"sad", "it's, \"ok\"", "so-so", "happy"});
  CHECK(sample().enums.at({"app", "mood"}).labels.empty());
  CHECK(sample().domains.size() == 2);
  const catalog::Domain& email = sample().domains.at({"app", "email"});
  CHECK(email.type == "character varying(200)");
  CHECK(email.not_null);
  CHECK(email.default_ == "'nobody@'::character varying");
  CHECK(email.collation == "C");
  CHECK(email.checks == std::vector<Constraint>{
                            {.name = "has_at", .expression = "((VALUE)::text ~~ '%@%'::text)"}});
  const catalog::Domain& plain = sample().domains.at({"public", "plain_domain"});
  CHECK_FALSE(plain.not_null);
  CHECK_FALSE(plain.default_.has_value());
  CHECK_FALSE(plain.checks.at(0).valid);
}

TEST_CASE("read_catalog reads views and what they read") {
  CHECK(sample().views.size() == 2);
  const catalog::View& authors = sample().views.at({"app", "authors"});
  CHECK_FALSE(authors.materialized);
  CHECK(authors.definition.find("JOIN app.posts p ON") != std::string::npos);
  CHECK(authors.reads == std::vector<QualifiedName>{{"app", "posts"}, {"public", "users"}});
  const catalog::View& summary = sample().views.at({"public", "author_summary"});
  CHECK(summary.materialized);
  CHECK_FALSE(summary.populated);
  CHECK(summary.reads == std::vector<QualifiedName>{{"app", "authors"}});
  CHECK(names_of(summary.indexes) == Names{"author_summary_uq"});
}

TEST_CASE("read_catalog reads sequences but those of identity columns") {
  const auto& all = sample().sequences;
  CHECK(all.size() == 4);
  const catalog::Sequence& tickets = all.at({"app", "tickets"});
  CHECK(tickets.owner == QualifiedName{"app", "posts"});
  CHECK(tickets.owner_column == "b");
  CHECK(tickets.type == "smallint");
  CHECK(tickets.options == "INCREMENT BY 5 MAXVALUE 30000 START WITH 100 CACHE 3 CYCLE");
  CHECK(all.at({"public", "countdown"}).options == "INCREMENT BY -1");
  CHECK(all.at({"public", "plain_sequence"}).options.empty());
  CHECK(all.at({"public", "plain_sequence"}).owner.name.empty());
  CHECK(all.at({"public", "users_serial_id_seq"}).type == "integer");
  CHECK(all.at({"public", "users_serial_id_seq"}).options.empty());
}

TEST_CASE("read_catalog reads functions but aggregates") {
  const auto& all = sample().functions;
  REQUIRE(all.size() == 4);
  CHECK(all[0].name == QualifiedName{"app", "next_number"});
  CHECK(all[0].arguments == "base integer, step integer");
  CHECK(all[0].volatility == migration::Volatility::immutable);
  CHECK(all[0].definition.find("SELECT base + step") != std::string::npos);
  CHECK(all[1].name == QualifiedName{"app", "nothing"});
  CHECK(all[2].volatility == migration::Volatility::stable);
  CHECK(all[3].volatility == migration::Volatility::volatile_);
}

TEST_CASE("read_catalog does not depend on the database's own settings") {
  auto connection = make_database(
      "settings",
      "CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('a'); CREATE TABLE app.t (m app.mood);"
      "ALTER DATABASE settings SET search_path = app; SET search_path = app, pg_catalog");
  const Catalog seen = read(connection);
  CHECK(table(seen, "app", "t").columns.at(0).type == "app.mood");
  // And leaves the session as it was.
  CHECK(live::must(connection.query("SHOW search_path")).at(0).at(0) == "app, pg_catalog");
  CHECK(live::must(connection.query("SHOW transaction_read_only")).at(0).at(0) == "off");
}

TEST_CASE("read_catalog needs no privilege") {
  auto connection = make_database(
      "weak",
      "CREATE ROLE weak; CREATE SCHEMA hidden; CREATE TABLE hidden.t (a integer DEFAULT 1);"
      "CREATE VIEW hidden.v AS SELECT a FROM hidden.t; CREATE SEQUENCE hidden.s;"
      "CREATE MATERIALIZED VIEW hidden.m AS SELECT a FROM hidden.v; SET ROLE weak");
  const Catalog seen = read(connection);
  CHECK(table(seen, "hidden", "t").columns.at(0).default_ == "1");
  CHECK(seen.views.size() == 2);
  CHECK(seen.sequences.size() == 1);
}

TEST_CASE("read_catalog leaves a failed read behind it") {
  auto connection = connect("postgres");
  live::must(connection.query("BEGIN"));
  live::must(connection.query("SAVEPOINT mine"));
  CHECK_FALSE(connection.query("SELECT 1 / 0").has_value());
  const auto failed = database::read_catalog(connection);
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().kind == base::ErrorKind::database);
}

TEST_CASE("read_catalog reads what newer servers have") {
  const int major = live::server().major_version();
  auto connection = make_database("newer", "CREATE TABLE t (a integer NOT NULL, b integer)");
  if (major >= 13) {
    live::must(
        connection.query("CREATE TABLE words (w tsvector); CREATE INDEX ops ON words USING gist (w "
                         "tsvector_ops(siglen = 32))"));
    const Catalog seen = read(connection);
    CHECK(named(table(seen, "public", "words").indexes, "ops").keys.at(0).operator_class ==
          "tsvector_ops(siglen=32)");
  }
  if (major >= 15) {
    live::must(connection.query(
        "ALTER TABLE t ADD CONSTRAINT uq UNIQUE NULLS NOT DISTINCT (b);"
        "CREATE UNIQUE INDEX uqi ON t (b) NULLS NOT DISTINCT;"
        "CREATE TABLE c (x integer, y integer, PRIMARY KEY (x, y));"
        "CREATE TABLE d (x integer, y integer, CONSTRAINT fk FOREIGN KEY (x, y) REFERENCES c "
        "ON DELETE SET NULL (y))"));
    const Catalog seen = read(connection);
    CHECK(named(table(seen, "public", "t").constraints, "uq").nulls_not_distinct);
    CHECK(named(table(seen, "public", "t").indexes, "uqi").nulls_not_distinct);
    CHECK(named(table(seen, "public", "d").constraints, "fk").on_delete == "SET NULL (y)");
  }
  if (major >= 18) {
    live::must(connection.query(
        "ALTER TABLE t ADD CONSTRAINT loose CHECK (a > 0) NOT ENFORCED;"
        "ALTER TABLE t ADD COLUMN v integer GENERATED ALWAYS AS (a * 2) VIRTUAL;"
        "CREATE TABLE p (room int4range, during daterange, PRIMARY KEY (room, during WITHOUT "
        "OVERLAPS));"
        "CREATE DOMAIN nn AS integer NOT NULL"));
    const Catalog seen = read(connection);
    CHECK_FALSE(named(table(seen, "public", "t").constraints, "loose").enforced);
    CHECK(named(table(seen, "public", "t").columns, "v").generated_virtual);
    CHECK(named(table(seen, "public", "p").constraints, "p_pkey").period);
    CHECK(seen.domains.at({"public", "nn"}).checks.empty());
  }
  // NOT NULL is no constraint on any server.
  const Catalog seen = read(connection);
  for (const Constraint& each : table(seen, "public", "t").constraints) {
    CHECK(each.kind != ConstraintKind::not_null);
    CHECK(each.name.find("not_null") == std::string::npos);
  }
}
