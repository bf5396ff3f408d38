#include "base/dsn.hpp"

#include <doctest/doctest.h>

using gauger::base::mask_dsn;

TEST_CASE("base::hide_password finds it in what others say") {
  using gauger::base::hide_password;
  const char* url = "postgresql+psycopg2://app:s3%40cret@db/app";
  CHECK(hide_password("no db at postgresql+psycopg2://app:s3%40cret@db/app", url) ==
        "no db at postgresql+psycopg2://app:***@db/app");
  CHECK(hide_password("password='s3@cret' and s3@cret", url) == "password='***' and ***");
  CHECK(hide_password("at //app:app@db/app", "postgresql://app:app@db/app") ==
        "at //app:***@db/app");
  CHECK(hide_password("a plain a", "postgresql://app:a@db/app") == "a plain a");
  CHECK(hide_password("text", "postgresql://db/app") == "text");
  CHECK(hide_password("text", "") == "text");
}

TEST_CASE("base::mask_dsn hides the password of a URL") {
  CHECK(mask_dsn("postgresql://app:s3cret@db:5432/app") == "postgresql://app:***@db:5432/app");
  CHECK(mask_dsn("postgresql+asyncpg://app:s3cret@db/app?ssl=true") ==
        "postgresql+asyncpg://app:***@db/app?ssl=true");
  CHECK(mask_dsn("postgresql://app@db/app") == "postgresql://app@db/app");
  CHECK(mask_dsn("postgresql:///app?host=/run&user=u&password=s3cret") ==
        "postgresql:///app?host=/run&user=u&password=***");
  CHECK(mask_dsn("postgresql://[::1]:5432/app") == "postgresql://[::1]:5432/app");
  CHECK(mask_dsn("postgresql:///app?application_name=a@b") ==
        "postgresql:///app?application_name=a@b");
  CHECK(mask_dsn("postgresql://:s3cret@db/app") == "postgresql://:***@db/app");
}

TEST_CASE("base::mask_dsn hides passwords that were not encoded") {
  for (const char* dsn :
       {"postgresql://app:s3c@ret@db/app", "postgresql://app:s3c/ret@db/app",
        "postgresql://app:s3c?ret@db/app", "postgresql://app:s3c:ret@db/app",
        "postgresql://app:s3cret", "postgresql://app:s3c ret@db/app",
        "postgresql://app:s3c#ret@db/app", "s3cret", "app:s3cret@db/app",
        "postgresql://db/app?sslpassword=s3cret", "postgresql://db/app?PASSWORD=s3cret"}) {
    CAPTURE(dsn);
    CHECK(mask_dsn(dsn).find("s3c") == std::string::npos);
    CHECK(mask_dsn(dsn).find("ret") == std::string::npos);
  }
}

TEST_CASE("base::mask_dsn hides the password of libpq's keywords") {
  CHECK(mask_dsn("host=db user=app password=s3cret dbname=app") ==
        "host=db user=app password=*** dbname=app");
  CHECK(mask_dsn("host=db password='s3 c\\'ret' dbname=app") == "host=db password=*** dbname=app");
  CHECK(mask_dsn("password = s3cret") == "password=***");
  CHECK(mask_dsn("password='s3cret") == "password=***");
  CHECK(mask_dsn("password=postgresql://x:s3cret@db") == "password=***");
  CHECK(mask_dsn("") == "");
}
