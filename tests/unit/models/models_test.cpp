#include "models/models.hpp"

#include <string>
#include <utility>

#include <doctest/doctest.h>

using namespace gauger;

namespace {

models::Models read(const std::string& text) {
  auto result = models::read(text);
  REQUIRE_MESSAGE(result.has_value(), text);
  return *std::move(result);
}

// What differs between two versions of a file, in words.
std::string told(const std::string& before, const std::string& after) {
  const models::Source old_source{"m.py", read(before)};
  const models::Source new_source{"m.py", read(after)};
  std::string text;
  for (const models::Difference& difference :
       models::differences(std::span(&old_source, 1), std::span(&new_source, 1))) {
    text += (text.empty() ? "" : "; ") + difference.message;
  }
  return text;
}

const std::string imports = R"(
import enum
from typing import Optional
import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, declared_attr
)";

const std::string user = imports + R"(
class User(Base):
    """A person."""
    __tablename__ = "users"
    id = Column(sa.Integer, primary_key=True)
    email = Column(String(50), nullable=False, index=True)
    orders = relationship("Order", back_populates="user")
)";

const std::string mapped = imports + R"(
class Item(Base):
    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("a", "b", name="uq_items"), {"schema": "shop"})
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    note: Mapped[Optional[str]] = mapped_column(String(20))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  return text.replace(at, from.size(), to);
}

std::string changed(const std::string& text, const std::string& from, const std::string& to) {
  return told(text, replaced(text, from, to));
}

}  // namespace

TEST_CASE("models: what no database is told of makes no difference") {
  CHECK(changed(user, "\"\"\"A person.\"\"\"", "\"\"\"Somebody\n    else.\"\"\"").empty());
  CHECK(changed(user, "    email", "    # the address\n    email").empty());
  CHECK(changed(user, "Column(String(50), nullable=False, index=True)",
                "Column(\n        String(50),\n        index=True,\n        nullable=False,\n    )")
            .empty());
  CHECK(changed(user, "\"users\"", "'users'").empty());
  CHECK(changed(user, "sa.Integer", "sa.Integer()").empty());
  CHECK(changed(user, "sa.Integer", "sa.types.Integer").empty());
  CHECK(changed(user, "String(50)", "sa.String(50)").empty());
  CHECK(changed(user, "String(50)", "type_=String(50)").empty());
  CHECK(changed(user, "primary_key=True", "primary_key=True, nullable=False").empty());
  CHECK(
      changed(user, "index=True", "index=True, unique=False, default=str.lower, doc='x'").empty());
  CHECK(changed(user, "\"Order\", back", "\"Order\", lazy=\"joined\", back").empty());
  CHECK(changed(user, "    orders =", "    items = relationship('Item')\n    orders =").empty());
  CHECK(changed(user, "    orders =",
                "    @property\n    def x(self):\n        return 1\n\n"
                "    @validates('email')\n    def v(self, k, v):\n        return v\n    orders =")
            .empty());
  CHECK(changed(user, "from typing import Optional", "from typing import Any, Optional").empty());
  CHECK(changed(user, "from typing import Optional",
                "def helper():\n    return Thing(1)\n\nclass Plain:\n    x = 1\n    y: int = 2\n")
            .empty());
  CHECK(changed(mapped, "Mapped[Optional[str]]", "Mapped[str | None]").empty());
  CHECK(changed(mapped, "Mapped[Optional[str]]", "Mapped[\"str | None\"]").empty());
  CHECK(changed(mapped, "Mapped[Optional[str]] = mapped_column(String(20))",
                "Mapped[str] = mapped_column(String(20), nullable=True)")
            .empty());
  CHECK(changed(mapped, "ForeignKey(\"users.id\", ondelete=\"CASCADE\")",
                "sa.ForeignKey(ondelete='CASCADE', column=\"users.id\")") != "");
}

TEST_CASE("models: aliases of imports are undone") {
  const std::string other =
      replaced(replaced(replaced(user, "import Column,", "import Column as C,"), "sa.Integer", "I"),
               "import enum", "from sqlalchemy import Integer as I");
  std::string text = other;
  for (std::size_t at = 0; (at = text.find("= Column(", at)) != std::string::npos;) {
    text.replace(at, 9, "= C(");
  }
  CHECK(told(user, text).empty());
  CHECK(told("from app import enums\n" + imports +
                 "class A(Base):\n    x = Column(sa.Enum(enums.Status))\n",
             "from app.enums import Status\n" + imports +
                 "class A(Base):\n    x = Column(sa.Enum(Status))\n")
            .empty());
  CHECK(told("from sqlalchemy.dialects import postgresql as pg\n" + imports +
                 "class A(Base):\n    x = Column(pg.JSONB())\n",
             "from sqlalchemy.dialects.postgresql import JSONB\n" + imports +
                 "class A(Base):\n    x = Column(JSONB)\n")
            .empty());
}

TEST_CASE("models: columns") {
  CHECK(changed(user, "nullable=False", "nullable=True") == "column users.email: nullable changed");
  CHECK(changed(user, "String(50)", "String(60)") == "column users.email: type changed");
  CHECK(changed(user, "String(50), nullable=False", "sa.Text") ==
        "column users.email: nullable, type changed");
  CHECK(changed(user, "index=True", "index=True, server_default=sa.text('x')") ==
        "column users.email: server_default changed");
  CHECK(changed(user, "index=True", "unique=True") == "column users.email: index, unique changed");
  CHECK(changed(user, "Column(String(50)", "Column(\"mail\", String(50)") ==
        "column users.mail added; column users.email removed");
  CHECK(changed(user, "    orders", "    age = Column(sa.Integer)\n    orders") ==
        "column users.age added");
  CHECK(changed(mapped, "name: Mapped[str]", "name: Mapped[str | None]") ==
        "column items.name: nullable changed");
  CHECK(changed(mapped, "name: Mapped[str]", "name: Mapped[bytes]") ==
        "column items.name: type changed");
  CHECK(changed(mapped, "ondelete=\"CASCADE\"", "ondelete=\"SET NULL\"") ==
        "column items.owner_id: foreign key changed");
  CHECK(changed(mapped, "    name: Mapped[str]\n", "") == "column items.name removed");
  CHECK(changed(mapped, "    name:", "    tags: Mapped[list[str]] = column_of(ARRAY)\n    name:") ==
        "column items.tags added");
}

TEST_CASE("models: tables, constraints and indexes") {
  CHECK(changed(mapped, "\"shop\"", "\"store\"") == "table items: schema changed");
  CHECK(changed(mapped, "\"a\", \"b\"", "\"a\"") ==
        "unique constraint items.uq_items: definition changed");
  CHECK(changed(mapped, "name=\"uq_items\"), ", "name=\"uq_items\"), Index(\"ix\", \"name\"), ") ==
        "index items.ix added");
  CHECK(changed(user, "__tablename__ = \"users\"", "__tablename__ = \"people\"") ==
        "table people added; table users removed");
  CHECK(told(user, imports) == "table users removed");
  CHECK(told(user, user + "\nIndex('ix_lower', sa.func.lower(User.email))\n") ==
        "index ix_lower added");
  CHECK(told(user, user + "\nIndex('ix_lower', sa.func.lower(User.email))\n").size() > 0);
  CHECK(changed(user, "class User(Base)", "class User(TimestampMixin, Base)") ==
        "table users: bases changed");
  CHECK(told("class Plain:\n    def f(self): pass\n" + user,
             "class Plain:\n    def f(self): pass\n" +
                 replaced(user, "class User(Base)", "class User(Plain, Base)"))
            .empty());
}

TEST_CASE("models: Table(...)") {
  const std::string table = imports + R"(
metadata = sa.MetaData()
users = Table(
    "users",
    metadata,
    Column("id", sa.Integer, primary_key=True),
    Column("email", String(50)),
    UniqueConstraint("email"),
    schema="auth",
)
)";
  CHECK(changed(table, "String(50)", "String(51)") == "column users.email: type changed");
  CHECK(changed(table, "\"auth\"", "\"main\"") == "table users: schema changed");
  CHECK(changed(table, "    UniqueConstraint(\"email\"),\n", "") ==
        "unique constraint of users ('email') removed");
  CHECK(changed(table, "users = Table", "people = Table").empty());
  CHECK(changed(table, "sa.MetaData()", "sa.MetaData(schema='x')") ==
        "MetaData metadata: definition changed; table users: metadata changed");
  CHECK(changed(table,
                "    Column(\"id\", sa.Integer, primary_key=True),\n"
                "    Column(\"email\", String(50)),\n",
                "    Column(\"email\", String(50)),\n"
                "    Column(\"id\", sa.Integer, primary_key=True),\n")
            .empty());
}

TEST_CASE("models: mixins, declared_attr, annotated columns and constants") {
  const std::string mixin = imports + R"(
LENGTH = 20
pk = Annotated[int, mapped_column(primary_key=True)]

class Owned:
    created: Mapped[int]

    @declared_attr
    def owner_id(cls) -> Mapped[Optional[int]]:
        """Whose it is."""
        return mapped_column(ForeignKey("users.id"))

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return cls.__name__.lower()

    @declared_attr
    def owner(cls):
        return relationship("User")

class Thing(Owned, Base):
    id: Mapped[pk]
    name = Column(String(LENGTH))
)";
  CHECK(changed(mixin, "Mapped[Optional[int]]", "Mapped[int]") ==
        "column Owned.owner_id: nullable changed");
  CHECK(changed(mixin, "\"users.id\"", "\"people.id\"") ==
        "column Owned.owner_id: foreign key changed");
  CHECK(changed(mixin, "\"\"\"Whose it is.\"\"\"", "# whose it is").empty());
  CHECK(changed(mixin, ".lower()", ".upper()") == "class Owned: table name changed");
  CHECK(changed(mixin, "created: Mapped[int]", "created: Mapped[float]") ==
        "column Owned.created: type changed");
  CHECK(changed(mixin, "LENGTH = 20", "LENGTH = 30") == "column Thing.name: type changed");
  CHECK(changed(mixin, "primary_key=True", "primary_key=True, index=True")
            .starts_with("annotated column pk: definition changed"));
  CHECK(changed(mixin, "relationship(\"User\")", "relationship(\"Person\")").empty());
}

TEST_CASE("models: enums and types") {
  const std::string status = imports + R"(
class Status(str, enum.Enum):
    """What it is."""
    NEW = "new"
    DONE = "done"

    def is_done(self):
        return self is Status.DONE

class Money(sa.TypeDecorator):
    impl = sa.Numeric(10, 2)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value

class Job(Base):
    __tablename__ = "jobs"
    status = Column(sa.Enum(Status, name="status"))
    kind = Column(sa.Enum("a", "b", name="kind"))
    price = Column(Money)
)";
  CHECK(changed(status, "    DONE = \"done\"\n", "    DONE = \"done\"\n    LOST = \"lost\"\n") ==
        "enum Status: members changed");
  CHECK(changed(status, "return self is Status.DONE", "return False").empty());
  CHECK(changed(status, "\"a\", \"b\"", "\"a\", \"b\", \"c\"") == "column jobs.kind: type changed");
  CHECK(changed(status, "Numeric(10, 2)", "Numeric(12, 2)") == "type Money: impl changed");
  CHECK(changed(status, "return value", "return value + 0").empty());
  const models::Models read_models = read(status);
  CHECK(read_models.used_names.contains("Status"));
  CHECK_FALSE(read_models.used_names.contains("NEW"));
}

TEST_CASE("models: what moves between files makes no difference") {
  const std::vector<models::Source> before{{"a.py", read(user)}, {"b.py", read(mapped)}};
  const std::vector<models::Source> after{{"c.py", read(user + mapped)}};
  CHECK(models::differences(before, after).empty());
}

TEST_CASE("models: a difference knows its place") {
  const std::string text = replaced(user, "String(50)", "String(60)");
  const models::Source before{"m.py", read(user)};
  const models::Source after{"m.py", read(text)};
  const auto found = models::differences(std::span(&before, 1), std::span(&after, 1));
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == "m.py");
  CHECK(base::slice(text, found[0].span) ==
        "email = Column(String(60), nullable=False, index=True)");
}

TEST_CASE("models: hostile files end") {
  std::string text = "from sqlalchemy import Column\na0 = (1, 1)\n";
  for (int i = 1; i < 60; ++i) {
    text += "a" + std::to_string(i) + " = (";
    for (int j = 0; j < 20; ++j) {
      text += "a" + std::to_string(i - 1) + ", ";
    }
    text += ")\n";
  }
  text += "x = y\ny = x\nclass A(A): pass\nclass B(C): pass\nclass C(B): pass\n";
  text += "class M(Base):\n    c = Column(a59, x)\n    d = Column()\n    e = Column(*a)\n";
  CHECK(read(text).items.size() == 4);
  CHECK_FALSE(models::read("class A(\n").has_value());
  CHECK(read("").items.empty());
}
