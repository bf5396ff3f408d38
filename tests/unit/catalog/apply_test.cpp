#include <string>

#include <doctest/doctest.h>

#include "unit/catalog/make.hpp"

namespace gauger::tests {

TEST_CASE("catalog::apply makes a table with the names that PostgreSQL gives") {
  const auto catalog = catalog_of(
      "CREATE TABLE team (id serial PRIMARY KEY);"
      "CREATE TABLE users (id serial PRIMARY KEY, email varchar(50) UNIQUE,"
      " team_id int NOT NULL REFERENCES team, age int CHECK (age > 0), CHECK (age < id))");
  CHECK(columns_of(catalog, "users") ==
        "id integer not null default nextval('users_id_seq'::regclass)\n"
        "email character varying(50)\nteam_id integer not null\nage integer");
  CHECK(constraints_of(catalog, "users") ==
        "users_age_check check age > 0\nusers_check check age < id\n"
        "users_pkey primary key (id)\nusers_email_key unique (email)\n"
        "users_team_id_fkey foreign key (team_id) team(id)");
  CHECK(indexes_of(catalog, "users") ==
        "users_pkey unique (id) of users_pkey\nusers_email_key unique (email) of users_email_key");
  REQUIRE(catalog.sequences.size() == 2);
  CHECK(catalog.sequences.rbegin()->second.owner_column == "id");
}

TEST_CASE("catalog::apply drops with a column what is made of it") {
  auto catalog = catalog_of(
      "CREATE TABLE a (id int PRIMARY KEY, b int UNIQUE, c int, CHECK (b > c));"
      "CREATE TABLE d (b int REFERENCES a (b));"
      "CREATE INDEX ON a (c) WHERE b > 0; CREATE INDEX ON a ((b + 1)); CREATE INDEX ON a (c);"
      "ALTER TABLE a DROP COLUMN b CASCADE");
  CHECK(columns_of(catalog, "a") == "id integer not null\nc integer");
  CHECK(constraints_of(catalog, "a") == "a_pkey primary key (id)");
  CHECK(indexes_of(catalog, "a") == "a_pkey unique (id) of a_pkey\na_c_idx1 (c)");
  CHECK(constraints_of(catalog, "d").empty());
}

}  // namespace gauger::tests
