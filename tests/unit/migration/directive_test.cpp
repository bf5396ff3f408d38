#include <doctest/doctest.h>

#include "unit/migration/python_actions.hpp"

using gauger::tests::one_of;
using gauger::tests::summary_of;
using gauger::tests::upgrade_of;
namespace migration = gauger::migration;

TEST_CASE("migration::read gives add_column with what stands in the column") {
  CHECK(summary_of("op.add_column('t', sa.Column('a', sa.Integer()))") == "AddColumn t");
  CHECK(summary_of("op.add_column('t', sa.Column('a', sa.Integer()), schema='s')") ==
        "AddColumn s.t");
  CHECK(summary_of("op.add_column('t', sa.Column('a', sa.Integer(), unique=True))") ==
        "AddColumn t; AddConstraint t");
  CHECK(summary_of("op.add_column('t', sa.Column('a', sa.Integer(), index=True), schema='s')") ==
        "AddColumn s.t; CreateIndex s.t ix_s_t_a");
  const auto made = upgrade_of(
      "op.add_column('t', sa.Column('a', sa.Integer(), sa.ForeignKey('u.id', name='fk'),\n"
      "    sa.CheckConstraint('a > 1', name='ck'), unique=True, comment='text'))");
  REQUIRE(made.size() == 5);
  CHECK(made[0].is<migration::AddColumn>());
  CHECK(made[1].as<migration::AddConstraint>()->constraint.kind ==
        migration::ConstraintKind::check);
  CHECK(made[1].statement == made[0].statement);
  CHECK(made[2].as<migration::AddConstraint>()->constraint.kind ==
        migration::ConstraintKind::foreign_key);
  CHECK(made[2].statement == 1);
  CHECK(made[3].as<migration::AddConstraint>()->constraint.kind ==
        migration::ConstraintKind::unique);
  CHECK(made[4].as<migration::SetComment>()->comment == "text");
  CHECK(made[4].statement == 3);
  CHECK(made[4].call == made[0].call);
}

TEST_CASE("migration::read keeps what a column says") {
  const auto add = [](std::string_view arguments) {
    return one_of("op.add_column('t', sa.Column('a', " + std::string(arguments) + "))")
        .as<migration::AddColumn>()
        ->column;
  };
  CHECK(add("sa.Integer()").nullable == true);
  CHECK(add("sa.Integer(), nullable=False").nullable == false);
  CHECK(add("sa.Integer(), primary_key=True").nullable == false);
  CHECK_FALSE(add("sa.Integer(), nullable=unknown_name").nullable.has_value());
  CHECK_FALSE(add("sa.Integer(), **options").nullable.has_value());
  CHECK(add("sa.Integer(), primary_key=True").serial);
  CHECK_FALSE(add("sa.Integer(), primary_key=True, autoincrement=False").serial);
  CHECK_FALSE(add("sa.String(), primary_key=True").serial);
  CHECK(add("sa.Integer(), default=5").client_default);
  CHECK_FALSE(add("sa.Integer(), default=5").server_default.has_value());
  CHECK(add("sa.Integer(), sa.Identity(always=True)").identity == migration::Identity::always);
  CHECK(add("sa.Integer(), sa.Identity()").identity == migration::Identity::by_default);
  CHECK(add("sa.Integer(), sa.Computed('b + 1', persisted=True)").generated->kind ==
        migration::GeneratedKind::stored);
  CHECK(add("sa.Integer(), sa.Computed('b + 1')").generated->expression == "b + 1");
  CHECK(add("sa.Integer(), sa.Computed('b + 1')").generated->kind ==
        migration::GeneratedKind::by_sqlalchemy);
  CHECK(add("sa.String(5, collation='C')").collation == "C");
}

TEST_CASE("migration::read renders defaults") {
  const auto add = [](std::string_view value) {
    return *one_of("op.add_column('t', sa.Column('a', sa.Text(), server_default=" +
                   std::string(value) + "))")
                .as<migration::AddColumn>()
                ->column.server_default;
  };
  CHECK(add("'now()'").kind == migration::DefaultKind::literal);
  CHECK(add("'now()'").text == "now()");
  CHECK(add("'now()'").from_string);
  CHECK_FALSE(add("sa.text(\"'x'\")").from_string);
  CHECK(add("sa.text(\"'x'\")").kind == migration::DefaultKind::literal);
  CHECK(add("sa.text('now()')").kind == migration::DefaultKind::expression);
  CHECK(add("sa.func.now()").text == "now()");
  CHECK(add("sa.func.gen_random_uuid()").text == "gen_random_uuid()");
  CHECK(add("sa.func.coalesce(sa.column('b'), 1)").text == "coalesce(b, 1)");
  CHECK(add("sa.func.current_timestamp()").text == "CURRENT_TIMESTAMP");
  CHECK(add("sa.true()").text == "true");
  CHECK(add("sa.sql.expression.false()").text == "false");
  CHECK(add("sa.literal(5)").text == "5");
  CHECK(add("sa.literal('x')").kind == migration::DefaultKind::literal);
  CHECK(add("op.inline_literal('x')").text == "x");
  CHECK(add("sa.Sequence('q', schema='s').next_value()").text == "nextval('s.q')");
  CHECK(add("sa.func.now() - sa.text(\"interval '1 day'\")").text == "now() - interval '1 day'");
  CHECK(add("sa.cast('x', sa.String(5))").text == "CAST('x' AS character varying(5))");
  CHECK(add("SETTING").kind == migration::DefaultKind::unknown);
  CHECK(add("SETTING").text == "SETTING");
}

TEST_CASE("migration::read gives alter_column in the order of Alembic's statements") {
  CHECK(summary_of("op.alter_column('t', 'a', type_=sa.Text(), existing_type=sa.Integer(), "
                   "nullable=False, server_default='x', comment='c', new_column_name='b')") ==
        "ChangeType t; SetNotNull t; SetDefault t; SetComment t; RenameColumn t");
  CHECK(summary_of("op.alter_column('t', 'a', existing_type=sa.Integer())").empty());
  const auto not_null = [](std::string_view more) {
    return one_of("op.alter_column('t', 'a', nullable=False" + std::string(more) + ")")
        .as<migration::SetNotNull>()
        ->existing_nullable;
  };
  CHECK(not_null(", existing_nullable=True") == true);
  CHECK_FALSE(not_null(", existing_nullable=None").has_value());
  CHECK_FALSE(not_null("").has_value());
  const auto type = one_of(
      "op.alter_column('t', 'a', type_=sa.BigInteger(), existing_type=sa.Integer(), "
      "postgresql_using='a::bigint')");
  CHECK(type.as<migration::ChangeType>()->type.text == "bigint");
  CHECK(type.as<migration::ChangeType>()->existing_type->text == "integer");
  CHECK(type.as<migration::ChangeType>()->using_ == "a::bigint");
  CHECK_FALSE(one_of("op.alter_column('t', 'a', server_default=None)")
                  .as<migration::SetDefault>()
                  ->value.has_value());
  CHECK(summary_of("op.alter_column('t', 'a', server_default=False)").empty());
  CHECK(one_of("op.alter_column('t', 'a', server_default=sa.Identity())")
            .as<migration::ChangeIdentity>()
            ->change == migration::IdentityChange::add);
  CHECK(one_of("op.alter_column('t', 'a', server_default=None, "
               "existing_server_default=sa.Identity())")
            .as<migration::ChangeIdentity>()
            ->change == migration::IdentityChange::drop);
  CHECK(summary_of("op.alter_column('t', 'a', server_default=sa.Computed('1'))") == "Opaque t");
  CHECK(summary_of("op.alter_column('t', 'a', nullable=SETTING)") == "Opaque t");
}

TEST_CASE("migration::read gives create_table with its types, indexes and comments") {
  const auto made = upgrade_of(
      "op.create_table('t', sa.Column('id', sa.Integer(), nullable=False),\n"
      "    sa.Column('m', sa.Enum('x', 'y', name='mood', schema='s'), index=True, comment='c'),\n"
      "    sa.PrimaryKeyConstraint('id', name='pk'), sa.UniqueConstraint('m'),\n"
      "    sa.ForeignKeyConstraint(['id'], ['s.u.id'], ondelete='cascade'),\n"
      "    sa.CheckConstraint('id > 0'), comment='table', postgresql_partition_by='RANGE (id)')");
  REQUIRE(made.size() == 5);
  CHECK(made[0].as<migration::CreateEnum>()->type.labels.size() == 2);
  CHECK(made[0].table.schema.text == "s");
  CHECK(made[0].object.text == "mood");
  const auto& table = *made[1].as<migration::CreateTable>();
  REQUIRE(table.columns.size() == 2);
  CHECK(table.columns[0].serial);
  CHECK(table.columns[0].primary_key);
  CHECK(table.columns[1].type.text == "s.mood");
  REQUIRE(table.constraints.size() == 4);
  CHECK(table.constraints[0].name.text == "pk");
  CHECK(table.constraints[2].referenced.schema.text == "s");
  CHECK(table.constraints[2].referenced_columns[0].text == "id");
  CHECK(table.constraints[2].on_delete == "CASCADE");
  CHECK(table.constraints[3].expression == "id > 0");
  CHECK(table.partition_strategy == "range");
  CHECK(table.partition_key == std::vector<std::string>{"id"});
  CHECK(made[2].as<migration::CreateIndex>()->index.name.text == "ix_t_m");
  CHECK(made[3].as<migration::SetComment>()->column.absent());
  CHECK(made[4].as<migration::SetComment>()->column.text == "m");
  for (std::size_t i = 0; i < made.size(); ++i) {
    CHECK(made[i].statement == i);
    CHECK(made[i].call == 0);
  }
}

TEST_CASE("migration::read makes the types of create_table once in a run") {
  CHECK(summary_of("op.create_table('t', sa.Column('a', sa.Enum('x', name='m')))\n"
                   "op.create_table('u', sa.Column('a', sa.Enum('x', name='m')))") ==
        "CreateEnum m; CreateTable t; CreateTable u");
  CHECK(summary_of("op.create_table('t', sa.Column('a', postgresql.ENUM('x', name='m', "
                   "create_type=False)))") == "CreateTable t");
  CHECK(summary_of("op.create_table('t', sa.Column('a', sa.Enum('x', name='m', "
                   "native_enum=False)))") == "CreateTable t");
}

TEST_CASE("migration::read says what it does not know of a table") {
  const auto table = [](std::string_view arguments) {
    return *one_of("op.create_table(" + std::string(arguments) + ")").as<migration::CreateTable>();
  };
  CHECK(table("'t', sa.Column('a', sa.Integer())").columns_known);
  CHECK_FALSE(table("'t', *columns()").columns_known);
  CHECK_FALSE(table("'t', shared_column").columns_known);
  CHECK(table("'t', prefixes=['UNLOGGED']").unlogged);
  CHECK(table("'t', prefixes=['TEMPORARY']").temporary);
  CHECK(table("'t', postgresql_inherits=['u', 'v']").inherits.size() == 2);
  CHECK_FALSE(one_of("op.create_table(SETTING)").table.name.known);
  CHECK_FALSE(one_of("op.create_table(f'{SETTING}_t')").table.name.known);
  CHECK_FALSE(one_of("op.drop_table('t', schema=SETTING)").table.schema.known);
}

TEST_CASE("migration::read gives indexes with their options") {
  const auto index = [](std::string_view arguments) {
    return one_of("op.create_index('ix', 't', " + std::string(arguments) + ")")
        .as<migration::CreateIndex>()
        ->index;
  };
  CHECK(index("['a', 'b']").keys.size() == 2);
  CHECK(index("['a'], unique=True").unique);
  CHECK(index("['a'], postgresql_using='GIN'").method == "gin");
  CHECK(index("['a'], postgresql_ops={'a': 'gin_trgm_ops'}").keys[0].operator_class ==
        "gin_trgm_ops");
  CHECK(index("['a'], postgresql_where=sa.text('a > 1')").predicate == "a > 1");
  CHECK(index("['a'], postgresql_where=sa.column('a') > 1").predicate == "a > 1");
  CHECK(index("['a'], postgresql_include=['b']").included[0].text == "b");
  CHECK(index("['a'], postgresql_nulls_not_distinct=True").nulls_not_distinct);
  CHECK(index("[sa.text('a DESC')]").keys[0].descending);
  CHECK(index("[sa.text('a DESC')]").keys[0].column.text == "a");
  CHECK(index("[sa.text('lower(a)')]").keys[0].column.absent());
  CHECK(index("[sa.func.lower(sa.column('a'))]").keys[0].expression == "lower(a)");
  CHECK(index("'ab'").keys.size() == 2);
  CHECK_FALSE(index("COLUMNS").keys_known);
  CHECK(one_of("op.create_index('ix', 't', ['a'], postgresql_concurrently=True)").concurrently);
  CHECK(one_of("op.create_index('ix', 't', ['a'], if_not_exists=True)").if_not_exists);
  CHECK(one_of("op.drop_index('ix')").table.name.absent());
  CHECK(summary_of("op.drop_index(op.f('ix'), table_name='t', schema='s')") == "DropIndex s.t ix");
  CHECK(one_of("op.drop_index('ix', 't', postgresql_concurrently=True)").concurrently);
}

TEST_CASE("migration::read gives constraints with their options") {
  const auto added = [](std::string_view call) {
    return one_of("op." + std::string(call)).as<migration::AddConstraint>()->constraint;
  };
  CHECK(added("create_unique_constraint('uq', 't', ['a'])").kind ==
        migration::ConstraintKind::unique);
  CHECK(added("create_primary_key('pk', 't', ['a', 'b'])").columns.size() == 2);
  CHECK(added("create_check_constraint('ck', 't', 'a > 1')").expression == "a > 1");
  CHECK(added("create_check_constraint('ck', 't', 'a > 1', postgresql_not_valid=True)").not_valid);
  CHECK(added("create_check_constraint('ck', 't', sa.column('a').in_([1, 2]))").expression ==
        "a IN (1, 2)");
  CHECK(added("create_check_constraint('ck', 't', build())").expression == migration::hole_name);
  const auto key = added(
      "create_foreign_key('fk', 't', 'u', ['a'], ['id'], referent_schema='r', ondelete='SET NULL', "
      "deferrable=True, initially='DEFERRED', postgresql_not_valid=True)");
  CHECK(key.kind == migration::ConstraintKind::foreign_key);
  CHECK(display(key.referenced) == "r.u");
  CHECK(key.on_delete == "SET NULL");
  CHECK(key.deferrable);
  CHECK(key.initially_deferred);
  CHECK(key.not_valid);
  CHECK(added("create_foreign_key(None, 't', 'u', ['a'], ['id'])").name.absent());
  CHECK(summary_of("op.create_foreign_key('fk', 't', 'u', ['a'], ['id'], source_schema='s')") ==
        "AddConstraint s.t fk");
  CHECK(added("create_exclude_constraint('ex', 't', ('a', '='))").kind ==
        migration::ConstraintKind::exclude);
  const auto dropped = one_of("op.drop_constraint('c', 't', type_='foreignkey', if_exists=True)");
  CHECK(dropped.as<migration::DropConstraint>()->kind == migration::ConstraintKind::foreign_key);
  CHECK(dropped.if_exists);
  CHECK_FALSE(one_of("op.drop_constraint('c', 't')").as<migration::DropConstraint>()->kind);
}

TEST_CASE("migration::read runs a batch when its block ends") {
  CHECK(summary_of("with op.batch_alter_table('t', schema='s') as batch:\n"
                   "    batch.drop_column('a')\n"
                   "    op.drop_table('u')\n"
                   "    batch.create_index('ix', ['b'])\n"
                   "    batch.execute('DROP TABLE v')") ==
        "DropTable u; DropTable v; DropColumn s.t; CreateIndex s.t ix");
  CHECK(summary_of("with op.batch_alter_table('t', recreate='always') as batch:\n"
                   "    batch.drop_column('a')") == "Opaque; DropColumn t");
  CHECK(summary_of("with op.batch_alter_table('t') as batch:\n"
                   "    batch.create_foreign_key('fk', 'u', ['a'], ['id'])\n"
                   "    batch.drop_constraint('c', type_='check')") ==
        "AddConstraint t fk; DropConstraint t c");
}

TEST_CASE("migration::read knows op by other names") {
  const auto summary = [](std::string_view imports, std::string_view body) {
    std::string out;
    for (const auto& operation :
         gauger::tests::migration_of(std::string(imports) + "\ndef upgrade():\n    " +
                                     std::string(body) + "\n")
             .upgrade) {
      out += display(operation.table);
    }
    return out;
  };
  CHECK(summary("from alembic import op as o", "o.drop_table('t')") == "t");
  CHECK(summary("from alembic.op import drop_table", "drop_table('t')") == "t");
  CHECK(summary("import alembic", "alembic.op.drop_table('t')") == "t");
  CHECK(summary("from alembic.operations import Operations",
                "Operations(context).drop_table('t')") == "t");
  CHECK(summary("from alembic import op\ndef helper(x):\n    x.drop_table('t')", "helper(op)") ==
        "t");
  CHECK(summary("class Helper:\n    def go(self, o):\n        o.drop_table('t')\n"
                "from alembic import op",
                "Helper().go(op)") == "t");
}

TEST_CASE("migration::read finds keywords that Alembic swallows") {
  const auto swallowed = [](std::string_view body) {
    std::string out;
    for (const auto& found :
         gauger::tests::migration_of("from alembic import op\nimport sqlalchemy as sa\n"
                                     "def upgrade():\n    " +
                                     std::string(body) + "\n")
             .swallowed) {
      out += found.directive + " " + found.keyword + " " + found.meant + ";";
    }
    return out;
  };
  CHECK(swallowed("op.alter_column('t', 'a', _type=sa.Text())") == "alter_column _type type_;");
  CHECK(swallowed("op.alter_column('t', 'a', type=sa.Text())") == "alter_column type type_;");
  CHECK(swallowed("op.alter_column('t', 'a', existing_type_=sa.Text())") ==
        "alter_column existing_type_ existing_type;");
  CHECK(swallowed("op.alter_column('t', 'a', default='x')") ==
        "alter_column default server_default;");
  CHECK(swallowed("op.alter_column('t', 'a', primary_key=True)") == "alter_column primary_key ;");
  CHECK(swallowed("op.drop_column('t', 'a', new_column_name='b')") ==
        "drop_column new_column_name column_name;");
  CHECK(
      swallowed("op.alter_column('t', 'a', mysql_existing_nullable=True, nullable=False)").empty());
  CHECK(swallowed("op.drop_column('t', 'a', if_exists=True, mssql_drop_check=True)").empty());
}

TEST_CASE("migration::read keeps the rest of an unknown directive") {
  const auto made = one_of("op.create_hypertable('t')");
  REQUIRE(made.is<migration::Opaque>());
  CHECK(made.as<migration::Opaque>()->reason.starts_with("alembic.op has no create_hypertable"));
  CHECK(summary_of("op.run_async(work)") == "Opaque");
  // The dialect is PostgreSQL's, however it is asked for.
  const auto under = [](const std::string& condition) {
    return summary_of("bind = op.get_bind()\nif " + condition + ":\n    op.drop_table('t')");
  };
  for (const char* mysql :
       {"bind.dialect.name == 'mysql'", "bind.engine.name == 'mysql'",
        "bind.engine.url.drivername == 'mysql'", "bind.engine.url.get_backend_name() == 'mysql'",
        "str(bind.engine.url).startswith('mysql')",
        "not str(bind.engine.url).startswith('postgres')"}) {
    CAPTURE(mysql);
    CHECK(under(mysql).empty());
  }
  CHECK_FALSE(under("str(bind.engine.url).startswith('postgresql')").empty());
  CHECK_FALSE(under("str(bind.engine.url).startswith('postgresql+asyncpg')").empty());

  CHECK(summary_of("op.get_bind()\nop.get_context()\nop.f('x')\nop.inline_literal(1)").empty());
}
