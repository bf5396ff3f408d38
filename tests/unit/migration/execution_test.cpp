#include <doctest/doctest.h>

#include "unit/migration/python_actions.hpp"

using gauger::tests::one_of;
using gauger::tests::summary_of;
using gauger::tests::upgrade_of;
namespace migration = gauger::migration;

TEST_CASE("migration::read executes text wherever it is given") {
  for (const std::string_view body :
       {"op.execute('DROP TABLE t')", "op.execute(sa.text('DROP TABLE t'))",
        "op.execute(sa.DDL('DROP TABLE t'))", "op.get_bind().execute(sa.text('DROP TABLE t'))",
        "conn = op.get_bind()\nconn.execute(sa.text('DROP TABLE t'))",
        "op.get_bind().exec_driver_sql('DROP TABLE t')", "op.get_context().execute('DROP TABLE t')",
        "op.get_context().bind.execute(sa.text('DROP TABLE t'))",
        "sa.orm.Session(bind=op.get_bind()).execute(sa.text('DROP TABLE t'))",
        "with op.get_bind().begin() as c:\n    c.execute(sa.text('DROP TABLE t'))",
        "op.execute(sa.text('DROP TABLE t').bindparams(a=1))",
        "op.execute('DROP TABLE {}'.format('t'))",
        "op.get_bind().execute(statement=sa.text('DROP TABLE t'))"}) {
    CAPTURE(body);
    CHECK(summary_of(body) == "DropTable t");
  }
  CHECK(summary_of("op.execute('DROP TABLE a; DROP TABLE b')\nop.drop_table('c')") ==
        "DropTable a; DropTable b; DropTable c");
  const auto made = upgrade_of("op.execute('DROP TABLE a; DROP TABLE b')\nop.drop_table('c')");
  CHECK(made[1].statement == 1);
  CHECK(made[1].call == 0);
  CHECK(made[1].from_sql);
  CHECK(made[2].statement == 2);
  CHECK(made[2].call == 1);
  CHECK(summary_of("op.execute(helper())") == "Opaque");
  CHECK(summary_of("op.get_bind().execute(sa.select(sa.text('1')))").empty());
}

TEST_CASE("migration::read passes over what changes no database") {
  for (const std::string_view body :
       {"from flask import current_app\ncurrent_app.logger.info('x')",
        "import project_log\nproject_log.LOG.exception('x')", "import yaml\nyaml.dump({})",
        "import requests\nrequests.post('https://example.com')"}) {
    CAPTURE(body);
    CHECK(summary_of(body).empty());
  }
  CHECK(summary_of("import elsewhere\nelsewhere.log('x')") == "Opaque");
}

TEST_CASE("migration::read executes expressions") {
  const auto update = one_of(
      "t = sa.table('t', sa.column('a'), schema='s')\n"
      "op.execute(t.update().where(t.c.a == 1).where(t.c.b.is_(None)).values(a=2, b='x'))");
  CHECK(display(update.table) == "s.t");
  CHECK(update.as<migration::Update>()->assigned == std::vector<std::string>{"a", "b"});
  CHECK(update.as<migration::Update>()->where == "a = 1 AND b IS NULL");
  CHECK(update.as<migration::Update>()->where_known);
  const auto all = one_of("op.execute(sa.update(sa.table('t')).values({'a': 1}))");
  CHECK_FALSE(all.as<migration::Update>()->where.has_value());
  CHECK(all.as<migration::Update>()->assigned == std::vector<std::string>{"a"});
  CHECK(one_of("op.execute(sa.delete(sa.table('t')))").is<migration::Delete>());
  CHECK(one_of("op.execute(sa.table('t').insert().values(a=1))").as<migration::Insert>()->columns ==
        std::vector<std::string>{"a"});
  const auto rows = one_of("op.get_bind().execute(sa.insert(sa.table('t')), [{'a': 1, 'b': 2}])");
  CHECK(rows.as<migration::Insert>()->columns == std::vector<std::string>{"a", "b"});
  const auto unknown = one_of("t = sa.table('t')\nop.execute(t.update().where(f(x)).values(a=1))");
  CHECK_FALSE(unknown.as<migration::Update>()->where_known);
  CHECK(unknown.as<migration::Update>()->where == "f(x)");
  const auto row =
      one_of("t = sa.table('t')\nop.execute(t.update().where(t.c.id == row.id).values(a=1))");
  CHECK_FALSE(row.as<migration::Update>()->where_known);
  CHECK(row.as<migration::Update>()->where == "t.c.id == row.id");
}

TEST_CASE("migration::read follows the ORM as far as it shows") {
  const std::string_view head =
      "class User(Base):\n    __tablename__ = 'users'\n    __table_args__ = {'schema': 's'}\n"
      "session = sa.orm.Session(bind=op.get_bind())\n";
  const auto after = [head](std::string_view body) {
    return summary_of(std::string(head) + std::string(body));
  };
  CHECK(after("session.query(User).filter(User.a == 1).update({'a': 2})") == "Update s.users");
  CHECK(after("session.query(User).delete()") == "Delete s.users");
  CHECK(after("session.add(User(name='x'))") == "Insert s.users");
  CHECK(after("session.add_all([User(name='x'), User(name='y')])") ==
        "Insert s.users; Insert s.users");
  CHECK(after("session.bulk_insert_mappings(User, [{'a': 1}])") == "Insert s.users");
  CHECK(after("session.execute(sa.update(User).values(a=1))") == "Update s.users");
  CHECK(after("session.query(User).all()\nsession.flush()\nsession.commit()").empty());
  CHECK(after("User.__table__.create(op.get_bind())") == "CreateTable s.users");
}

TEST_CASE("migration::read takes what may be one of several for a hole") {
  CHECK(summary_of("op.drop_table('a' if setting() else 'b')") == "DropTable ?");
  CHECK(summary_of("op.add_column('t', sa.Column('a' if setting() else 'b', sa.Integer()))") ==
        "AddColumn t");
  const auto either = upgrade_of("op.execute('DROP TABLE a' if setting() else 'DROP TABLE b')");
  REQUIRE(either.size() == 2);
  CHECK(either[0].may_run);
  CHECK(either[1].may_run);
  CHECK(display(either[1].table) == "b");
  CHECK_FALSE(one_of("op.alter_column('t', 'a', type_=sa.Text() if setting() else sa.JSON())")
                  .as<migration::ChangeType>()
                  ->type.known());
}

TEST_CASE("migration::read lets schema objects create themselves") {
  CHECK(summary_of("sa.Enum('a', name='m').create(op.get_bind())") == "CreateEnum m");
  CHECK_FALSE(one_of("sa.Enum('a', name='m').create(op.get_bind())").if_not_exists);
  CHECK(one_of("postgresql.ENUM('a', name='m').create(op.get_bind())").if_not_exists);
  CHECK(one_of("sa.Enum('a', name='m').create(op.get_bind(), checkfirst=True)").if_not_exists);
  CHECK(summary_of("sa.Enum(name='m', schema='s').drop(op.get_bind())") == "DropObject s. m");
  CHECK(summary_of("sa.Table('t', sa.MetaData(), sa.Column('a', sa.Integer(), index=True))"
                   ".create(op.get_bind())") == "CreateTable t; CreateIndex t ix_t_a");
  CHECK_FALSE(one_of("sa.Table('t', sa.MetaData()).create(op.get_bind())").if_not_exists);
  CHECK(summary_of("sa.Table('t', sa.MetaData(), schema='s').drop(op.get_bind())") ==
        "DropTable s.t");
  CHECK(
      summary_of("t = sa.Table('t', sa.MetaData())\nsa.Index('ix', t.c.a).create(op.get_bind())") ==
      "CreateIndex t ix");
  CHECK(summary_of("sa.Sequence('q').create(op.get_bind())") == "CreateObject q");
  CHECK(summary_of("op.execute(sa.schema.CreateSequence(sa.Sequence('q')))") == "CreateObject q");
  CHECK(summary_of("op.execute(sa.schema.DropSchema('s', cascade=True))") == "DropObject s");
  CHECK(summary_of("sa.MetaData().create_all(op.get_bind())") == "Opaque");
}

TEST_CASE("migration::read inserts into the table that is given") {
  CHECK(summary_of("t = op.create_table('t', schema='s')\nop.bulk_insert(t, [{'a': 1}])") ==
        "CreateTable s.t; Insert s.t");
  CHECK(one_of("op.bulk_insert(sa.table('t'), [{'a': 1}, {'b': 2}])")
            .as<migration::Insert>()
            ->columns == std::vector<std::string>{"a", "b"});
  CHECK(summary_of("op.bulk_insert(sa.table('t'), [])").empty());
  CHECK(summary_of("op.bulk_insert(TABLE, ROWS)") == "Insert ?");
}

TEST_CASE("migration::read says nothing of what changes nothing") {
  CHECK(summary_of("import logging, time\nprint('x')\nlogging.info('x')\ntime.sleep(1)\n"
                   "sa.inspect(op.get_bind()).get_columns('t')\n"
                   "rows = op.get_bind().execute(sa.select(sa.column('a'))).fetchall()")
            .empty());
  CHECK(summary_of("n = op.get_bind().execute(sa.select(sa.text('1'))).scalar()").empty());
  CHECK(summary_of("for row in op.get_bind().execute(sa.select(sa.column('a'))):\n"
                   "    name = row.a.lower().strip()")
            .empty());
  CHECK(
      summary_of("Session = sa.orm.sessionmaker(bind=op.get_bind())\nsession = Session()").empty());
  CHECK(summary_of("from app import helpers\nhelpers.work()") == "Opaque");
  CHECK(summary_of("from app import helpers\nx = helpers.work(op.get_bind())") == "Opaque");
  CHECK(summary_of("from app import helpers\nop.drop_table(helpers.name())") == "DropTable ?");
  CHECK(summary_of("op.get_context().impl.drop_table(x)") == "Opaque");
}

TEST_CASE("migration::read of what is only there for a value") {
  const std::string setting =
      "from app import settings\n"
      "def length(name):\n    settings.load()\n    return settings.get(name)\n";
  CHECK(summary_of(setting + "op.add_column('t', sa.Column('a', sa.String(length('n'))))") ==
        "AddColumn t");
  CHECK(summary_of(setting + "length('n')") == "Opaque");
  // What is understood in it counts, and so does all of it where it is given a connection.
  const std::string work =
      "from app import tools\n"
      "def work(c):\n    tools.run()\n    op.drop_table('t')\n    return 1\n";
  CHECK(summary_of(work + "x = work(2)") == "DropTable t");
  CHECK(summary_of(work + "x = work(op.get_bind())") == "Opaque; DropTable t");
  CHECK(summary_of(work + "def all():\n    return work(1)\nall()") == "Opaque; DropTable t");
  CHECK(summary_of("def f(n):\n    return f(n)\nop.drop_table(f(1))") == "DropTable ?");
  CHECK(summary_of("import json\nfrom app import rows\nd = rows.first()\nd.pop('a')").empty());
  CHECK(summary_of("from app import db\nsession = db.Session(bind=op.get_bind())").empty());
  CHECK(summary_of("op.execute(sa.text('UPDATE t SET a = :x').params(x=1))") == "Update t");
  CHECK(summary_of("from app import prefix\n"
                   "op.execute(f'DROP TABLE {prefix()}\"T\"')") == "DropTable ?.T");
}

TEST_CASE("migration::read numbers transactions") {
  const auto numbers = [](std::string_view body) {
    std::string out;
    for (const auto& operation : upgrade_of(body)) {
      out += std::to_string(operation.transaction) + (operation.commits_by_itself() ? "* " : " ");
    }
    return out;
  };
  CHECK(numbers("op.drop_table('a')\nop.drop_table('b')") == "0 0 ");
  CHECK(numbers("op.drop_table('a')\nwith op.get_context().autocommit_block():\n"
                "    op.drop_table('b')\n    op.drop_table('c')\nop.drop_table('d')") ==
        "0 1* 2* 3 ");
  CHECK(numbers("with op.get_context().autocommit_block():\n    op.drop_table('b')\n"
                "op.drop_table('d')") == "1* 2 ");
  CHECK(numbers("op.drop_table('a')\nop.execute('COMMIT')\nop.drop_table('b')\n"
                "op.drop_table('c')") == "0 0 1* 2* ");
  CHECK(numbers("op.execute('COMMIT')\nop.drop_table('a')\nop.execute('BEGIN')\n"
                "op.drop_table('b')\nop.drop_table('c')") == "0 1* 2 2 2 ");
  CHECK(numbers("op.drop_table('a')\nop.get_bind().commit()\nop.drop_table('b')\n"
                "op.drop_table('c')") == "0 0 1 1 ");
  const auto in_block = [&](const std::string& body) {
    return numbers("with op.get_context().autocommit_block():\n    " + body);
  };
  CHECK(in_block("op.execute('DROP TABLE a; DROP TABLE b')\n    op.drop_table('c')") == "1 1 2* ");
  CHECK(in_block("op.execute('DO $$ BEGIN DROP TABLE a; END $$')\n    op.drop_table('c')") ==
        "1 2* ");
  CHECK(in_block("op.execute('DROP TABLE a;')\n    op.drop_table('c')") == "1* 2* ");
  CHECK(in_block("op.execute('BEGIN')\n    op.drop_table('a')\n    op.drop_table('b')\n    "
                 "op.execute('COMMIT')\n    op.drop_table('c')") == "1* 1 1 1 2* ");
}

TEST_CASE("migration::read stops where there is too much") {
  const auto made = upgrade_of(
      "for a in range(200):\n    for b in range(200):\n"
      "        op.execute(f'CREATE INDEX i{a}_{b} ON t (a)')");
  REQUIRE(made.size() == 10'000);
  CHECK(made[9'998].understood());
  CHECK_FALSE(made.back().understood());
}

TEST_CASE("migration::read knows the connection that Alembic uses") {
  const auto of_bind = [](std::string_view body) {
    return upgrade_of(body).at(0).as<migration::TransactionControl>()->of_bind;
  };
  CHECK(of_bind("op.get_bind().commit()"));
  CHECK(of_bind("conn = op.get_bind().execution_options(x=1)\nconn.rollback()"));
  CHECK(of_bind("op.get_context().bind.commit()"));
  CHECK_FALSE(of_bind("op.get_bind().engine.connect().commit()"));
  CHECK_FALSE(of_bind("sa.create_engine('x').connect().commit()"));
}

TEST_CASE("migration::read sees connections that commit by themselves") {
  const auto made = upgrade_of(
      "conn = op.get_bind().execution_options(isolation_level='AUTOCOMMIT')\n"
      "conn.execute(sa.text('VACUUM t'))\nop.drop_table('t')");
  REQUIRE(made.size() == 2);
  CHECK(made[0].autocommit);
  CHECK(made[0].transaction == 1);
  CHECK_FALSE(made[1].autocommit);
  CHECK(made[1].transaction == 2);
}

TEST_CASE("migration::read tells what may not run, and what is attempted") {
  CHECK(one_of("if setting():\n    op.drop_table('t')").may_run);
  CHECK_FALSE(one_of("op.drop_table('t')").may_run);
  CHECK(one_of("try:\n    op.drop_table('t')\nexcept Exception:\n    pass").attempted);
  CHECK_FALSE(one_of("try:\n    op.drop_table('t')\nexcept Exception:\n    raise").attempted);
  CHECK_FALSE(one_of("try:\n    op.drop_table('t')\nfinally:\n    pass").attempted);
}

TEST_CASE("migration::read reads downgrade() when asked") {
  const auto read = gauger::tests::migration_of(
      "from alembic import op\ndef upgrade():\n    pass\ndef downgrade():\n"
      "    op.drop_table('t')\n");
  CHECK(read.upgrade.empty());
  CHECK(read.has_downgrade);
  REQUIRE(read.downgrade.size() == 1);
  CHECK_FALSE(read.downgrade_raises);
  CHECK(gauger::tests::migration_of("def upgrade():\n    pass\ndef downgrade():\n"
                                    "    raise NotImplementedError\n")
            .downgrade_raises);
  CHECK_FALSE(gauger::tests::migration_of("def upgrade():\n    pass\n").has_downgrade);
}

TEST_CASE("migration::read knows the directives of extensions") {
  const auto sync = one_of(
      "op.sync_enum_values(enum_schema='s', enum_name='m', new_values=['a', 'b'],\n"
      "    affected_columns=[TableReference(table_schema='s', table_name='t', column_name='c')])");
  CHECK(sync.object.text == "m");
  CHECK(sync.table.schema.text == "s");
  CHECK(sync.as<migration::SyncEnum>()->labels.size() == 2);
  CHECK(display(sync.as<migration::SyncEnum>()->columns[0].first) == "s.t");
  CHECK(one_of("op.sync_enum_values('s', 'm', ['a'], [('t', 'c')])")
            .as<migration::SyncEnum>()
            ->columns[0]
            .second.text == "c");
  const std::string head = "from alembic_utils.pg_view import PGView\n";
  CHECK(summary_of(head + "op.create_entity(PGView(schema='s', signature='v', "
                          "definition='SELECT a FROM t'))") == "CreateView s. v");
  CHECK(summary_of(head + "op.drop_entity(PGView(schema='s', signature='v', definition=''))") ==
        "DropObject s. v");
  CHECK(one_of("from alembic_utils.pg_function import PGFunction\n"
               "op.replace_entity(PGFunction(schema='s', signature='f(a integer)',\n"
               "    definition='RETURNS integer AS $$ SELECT 1 $$ LANGUAGE sql IMMUTABLE'))")
            .as<migration::CreateFunction>()
            ->volatility == migration::Volatility::immutable);
  CHECK(summary_of("op.create_view('v', 'SELECT 1')") == "CreateView v");
  CHECK(summary_of("op.enum_insert('t', ['a'])") == "Insert t");
  CHECK(summary_of("op.create_geospatial_index('ix', 't', ['a'], postgresql_using='gist')") ==
        "CreateIndex t ix");
  CHECK(summary_of("from alembic_utils.pg_extension import PGExtension\n"
                   "op.create_entity(PGExtension(schema='public', signature='uuid-ossp'))") ==
        "CreateObject uuid-ossp");
  CHECK(summary_of("op.create_entity(ENTITY)") == "Opaque");
}

TEST_CASE("migration::read knows the strings that are written and compared") {
  const auto constants = [](std::string_view body) {
    std::string found;
    for (const auto& each : one_of(body).constants) {
      found +=
          (found.empty() ? "" : " ") + each.text + ":" + display(each.table) + "." + each.column;
    }
    return found;
  };
  CHECK(constants("t = sa.table('t', schema='s')\n"
                  "op.execute(t.update().where(t.c.a == 'x').values({t.c.b: 'y'}, c='z'))") ==
        "z:s.t.c y:s.t.b x:s.t.a");
  CHECK(constants("op.execute(sa.insert(sa.table('t')).values([{'a': 'x'}, {'a': 1}]))") ==
        "x:t.a");
  CHECK(constants("op.bulk_insert(sa.table('t'), [{'a': 'x', 'b': 1}])") == "x:t.a");
  CHECK(constants("op.get_bind().execute(sa.table('t').insert(), [{'a': 'x'}])") == "x:t.a");
}

TEST_CASE("migration::read puts the strings that parameters are given into the text") {
  const auto where = [](std::string_view body) {
    return one_of(body).as<migration::Update>()->where;
  };
  CHECK(
      where("op.get_bind().execute(sa.text('UPDATE t SET a = 1 WHERE b = :b'), {'b': \"it's\"})") ==
      "b = 'it''s'");
  CHECK(where("op.execute(sa.text('UPDATE t SET a = 1 WHERE b = :b').bindparams(b='x'))") ==
        "b = 'x'");
  CHECK(where("op.execute(sa.text('UPDATE t SET a = 1 WHERE b = :b AND c = :c').bindparams("
              "sa.bindparam('c', 'x')))") == "b = $1 AND c = 'x'");
  CHECK(where("op.get_bind().exec_driver_sql('UPDATE t SET a = 1 WHERE b = %(b)s', {'b': 'x'})") ==
        "b = 'x'");
  // A number stays a parameter, and so does what differs by row.
  CHECK(where("op.get_bind().execute(sa.text('UPDATE t SET a = 1 WHERE b = :b'), {'b': 2})") ==
        "b = $1");
  CHECK(where("op.get_bind().execute(sa.text('UPDATE t SET a = 1 WHERE b = :b'), [{'b': 'x'}, "
              "{'b': 'y'}])") == "b = $1");
}

TEST_CASE("migration::read sees rows that a session loads, changes and writes") {
  const std::string_view begin = "s = sa.orm.Session(bind=op.get_bind())\n";
  CHECK(summary_of(std::string(begin) +
                   "for u in s.query(User):\n    u.age = 1\ns.commit()\ns.commit()") == "Update ?");
  CHECK(summary_of(std::string(begin) + "u = s.get(User, 1)\nu.age = 1\ns.flush()") == "Update ?");
  CHECK(summary_of(std::string(begin) + "s.query(User).all()\ns.commit()").empty());
}
