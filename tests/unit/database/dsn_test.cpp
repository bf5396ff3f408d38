#include "database/dsn.hpp"

#include <string>

#include <doctest/doctest.h>

#include "database/connection.hpp"

using gauger::database::read_dsn;
using gauger::database::with_database;
using gauger::database::with_driver;

namespace {

std::string text(const std::string& dsn) {
  const auto read = read_dsn(dsn);
  return read ? read->text() : "error: " + read.error().message;
}

}  // namespace

TEST_CASE("database::read_dsn takes libpq's and SQLAlchemy's spellings") {
  CHECK(text("postgresql://me:p%40ss@db.example:6543/app?sslmode=require") ==
        "user='me' password='p@ss' host='db.example' port='6543' dbname='app' sslmode='require'");
  CHECK(text("postgres://localhost/app") == "host='localhost' dbname='app'");
  CHECK(text("postgresql+psycopg2://me@/app?host=/tmp") == "user='me' dbname='app' host='/tmp'");
  CHECK(text("postgresql://%2Frun%2Fpostgresql/app") == "host='/run/postgresql' dbname='app'");
  CHECK(text("postgresql://[::1]:5433/a%20b") == "host='::1' port='5433' dbname='a b'");
  CHECK(text("postgresql://") == "");
  CHECK(text("postgresql:///?service=mine") == "service='mine'");
  CHECK(text("service=mine") == "service='mine'");
  CHECK(text("host=/tmp dbname = 'a\\'b' password='x y'") ==
        "password='x y' dbname='a\\'b' host='/tmp'");
}

TEST_CASE("database::read_dsn takes several hosts") {
  CHECK(text("postgresql://a:1,b:2/app") == "host='a,b' port='1,2' dbname='app'");
  CHECK(text("postgresql://a,b:2/app") == "host='a,b' port=',2' dbname='app'");
  CHECK(text("postgresql+psycopg://me@/app?host=a:1&host=b:2&target_session_attrs=read-write") ==
        "user='me' dbname='app' target_session_attrs='read-write' host='a,b' port='1,2'");
}

TEST_CASE("database::read_dsn leaves out what only a driver knows") {
  CHECK(text("postgresql+asyncpg://h/d?ssl=require&prepared_statement_cache_size=0") ==
        "host='h' dbname='d' sslmode='require'");
  CHECK(text("postgresql+asyncpg://h/d?ssl=true") == "host='h' dbname='d' sslmode='require'");
  CHECK(text("postgresql+pg8000://h/d?unix_sock=/tmp") == "host='/tmp' dbname='d'");
  CHECK(text("postgresql://h/d?sslmod=require").find("does not know") != std::string::npos);
}

TEST_CASE("database::read_dsn refuses without a password, or a part of it, in the message") {
  for (const std::string& dsn : std::vector<std::string>{
           "postgresql://me:sec@ret@host/db",       // an @ that was not encoded
           "postgresql://me:12/sec@ret@host/db",    // a /
           "postgresql://me:secret/x@host/db",      //
           "postgresql://me:sec?ret@host/db",       //
           "postgresql://me:secret",                // no host
           "mysql://me:secret@host/db",             //
           "host=a password='secret",               // no end
           "host=a passwd=secret",                  // no such keyword
           "me:secret",                             //
           "postgresql://h/d?password=secret&x=y",  //
       }) {
    const auto read = read_dsn(dsn);
    INFO(dsn);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().message.find("sec") == std::string::npos);
    CHECK(read.error().message.find("ret") == std::string::npos);
  }
}

TEST_CASE("database::with_database keeps the spelling") {
  CHECK(with_database("postgresql+asyncpg://me:p%40@h:1/app?ssl=require", "x y") ==
        "postgresql+asyncpg://me:p%40@h:1/x%20y?ssl=require");
  CHECK(with_database("postgres://h", "x") == "postgres://h/x");
  CHECK(with_database("postgresql://h?host=/tmp&dbname=old", "x") == "postgresql://h/x?host=/tmp");
  CHECK(with_database("host=a dbname=old", "it's") == "host=a dbname=old dbname='it\\'s'");
  CHECK(text(with_database("host=a dbname=old", "it's")) == "dbname='it\\'s' host='a'");
  CHECK(with_database("service=mine", "x") == "service=mine dbname='x'");
  CHECK(with_database("postgresql:///?service=mine", "x") == "postgresql:///x?service=mine");
}

TEST_CASE("database::with_driver names another of SQLAlchemy's drivers") {
  CHECK(with_driver("postgresql://h/d?a=b", "asyncpg") == "postgresql+asyncpg://h/d?a=b");
  CHECK(with_driver("postgresql+psycopg2://h/d", "") == "postgresql://h/d");
  CHECK(with_driver("postgres://h/d", "psycopg") == "postgresql+psycopg://h/d");
  CHECK(with_driver("host=a", "psycopg") == "host=a");
}

TEST_CASE("database::quote_identifier and quote_literal") {
  CHECK(gauger::database::quote_identifier("a\"b") == "\"a\"\"b\"");
  CHECK(gauger::database::quote_literal("it's") == "'it''s'");
  CHECK(gauger::database::quote_literal("a\\'") == "E'a\\\\'''");
}

TEST_CASE("database::array_elements") {
  using Elements = std::vector<std::string>;
  using gauger::database::array_elements;
  CHECK(array_elements("") == Elements{});
  CHECK(array_elements("{}") == Elements{});
  CHECK(array_elements("{a,b}") == Elements{"a", "b"});
  CHECK(array_elements(R"({"a,b","c\"d\\",NULL,"NULL",""})") ==
        Elements{"a,b", "c\"d\\", "", "NULL", ""});
}
