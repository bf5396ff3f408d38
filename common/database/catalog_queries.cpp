#include "database/catalog_queries.hpp"

#include <string_view>

#include <fmt/format.h>

namespace gauger::database {
namespace {

// A condition on pg_namespace `n`: not the system's, not temporary.
constexpr std::string_view user_schema =
    "n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'";

// That no extension owns the object.
std::string no_member(std::string_view catalog, std::string_view oid) {
  return fmt::format(
      "NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '{}'::regclass AND e.objid = {} AND "
      "e.deptype = 'e')",
      catalog, oid);
}

std::string user_relation() {
  return fmt::format("{} AND {}", user_schema, no_member("pg_class", "c.oid"));
}

// The names of columns, in the order of an array of their numbers.
std::string column_names(std::string_view table, std::string_view numbers) {
  return fmt::format(
      "ARRAY(SELECT a.attname::text FROM unnest({1}) WITH ORDINALITY AS u(number, position) JOIN "
      "pg_attribute a ON a.attrelid = {0} AND a.attnum = u.number ORDER BY u.position)",
      table, numbers);
}

// A collation that is not the one that `usual` is; NULL otherwise.
std::string collation_name(std::string_view collation, std::string_view usual) {
  return fmt::format(
      "(SELECT CASE WHEN cn.nspname IN ('pg_catalog', 'public') THEN '' ELSE cn.nspname || '.' END "
      "|| co.collname FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace WHERE "
      "co.oid = {0} AND {0} IS DISTINCT FROM {1})",
      collation, usual);
}

// What of a sequence `s` is not as CREATE SEQUENCE makes it: see init_params() of PostgreSQL's
// sequence.c.
constexpr std::string_view sequence_options = R"(
  concat_ws(' ',
    CASE WHEN s.seqincrement <> 1 THEN 'INCREMENT BY ' || s.seqincrement END,
    CASE WHEN s.seqmin <> CASE WHEN s.seqincrement > 0 THEN 1 ELSE r.low END
      THEN 'MINVALUE ' || s.seqmin END,
    CASE WHEN s.seqmax <> CASE WHEN s.seqincrement > 0 THEN r.high ELSE -1 END
      THEN 'MAXVALUE ' || s.seqmax END,
    CASE WHEN s.seqstart <> CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END
      THEN 'START WITH ' || s.seqstart END,
    CASE WHEN s.seqcache <> 1 THEN 'CACHE ' || s.seqcache END,
    CASE WHEN s.seqcycle THEN 'CYCLE' END))";

constexpr std::string_view sequence_range = R"(
  LATERAL (SELECT
    CASE s.seqtypid WHEN 'int2'::regtype THEN -32768 WHEN 'int4'::regtype THEN -2147483648
      ELSE -9223372036854775808 END::bigint AS low,
    CASE s.seqtypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647
      ELSE 9223372036854775807 END::bigint AS high) r)";

std::string relations() {
  return fmt::format(R"(
SELECT c.oid, n.nspname, c.relname, c.relpersistence = 'u', c.relrowsecurity, c.relforcerowsecurity,
  obj_description(c.oid, 'pg_class'), p.partstrat, pg_get_partkeydef(p.partrelid),
  CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_partitioned_table p ON p.partrelid = c.oid
WHERE c.relkind IN ('r', 'p') AND {})",
                     user_relation());
}

std::string parents() {
  return R"(
SELECT i.inhrelid, n.nspname, p.relname, c.relispartition
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('r', 'p')
JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace n ON n.oid = p.relnamespace
ORDER BY i.inhrelid, i.inhseqno)";
}

// From PostgreSQL 17 on a partition has its parent's identity columns, whose sequence is the
// parent's; a partition has none of its own.
std::string columns(int version) {
  const std::string identity = version < 170000
                                   ? "a.attidentity"
                                   : "CASE WHEN c.relispartition THEN '' ELSE a.attidentity END";
  return fmt::format(R"(
SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
  pg_get_expr(d.adbin, d.adrelid), {}, a.attgenerated, {},
  col_description(a.attrelid, a.attnum),
  CASE WHEN a.attidentity <> '' THEN (
    SELECT {}
    FROM pg_depend o JOIN pg_sequence s ON s.seqrelid = o.objid, {}
    WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass
      AND o.refobjid = a.attrelid AND o.refobjsubid = a.attnum AND o.deptype = 'i') END
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND {}
ORDER BY a.attrelid, a.attnum)",
                     identity, collation_name("a.attcollation", "t.typcollation"), sequence_options,
                     sequence_range, user_schema);
}

std::string constraints(int version) {
  return fmt::format(
      R"(
SELECT k.conrelid, k.contypid, k.conname, k.contype, {}, {},
  CASE k.contype WHEN 'c' THEN pg_get_expr(k.conbin, k.conrelid)
    WHEN 'x' THEN pg_get_constraintdef(k.oid) END,
  fn.nspname, f.relname, k.confdeltype, k.confupdtype, k.convalidated, {}, k.connoinherit,
  k.condeferrable, k.condeferred, {}, k.confmatchtype = 'f', {}, NOT k.conislocal OR
  k.conparentid <> 0, {}
FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
LEFT JOIN pg_class f ON f.oid = k.confrelid AND k.contype = 'f'
LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
LEFT JOIN pg_index i ON i.indexrelid = k.conindid
LEFT JOIN pg_constraint parent ON parent.oid = k.conparentid
WHERE k.contype IN ('p', 'u', 'c', 'f', 'x') AND {}
  -- A foreign key on a partitioned table has a further row for each of that one's partitions.
  AND (k.conparentid = 0 OR parent.conrelid <> k.conrelid)
ORDER BY k.conname COLLATE "C")",
      column_names("k.conrelid", "k.conkey"), column_names("k.confrelid", "k.confkey"),
      version >= 180000 ? "k.conenforced" : "true",
      version >= 150000 ? "coalesce(i.indnullsnotdistinct, false)" : "false",
      version >= 180000 ? "k.conperiod" : "false",
      version >= 150000 ? column_names("k.conrelid", "k.confdelsetcols") : "'{}'", user_schema);
}

// One row for each key and included column of an index.
std::string index_keys(int version) {
  return fmt::format(
      R"(
SELECT i.indrelid, i.indexrelid, c.relname, am.amname, i.indisunique, {}, i.indisvalid,
  pg_get_expr(i.indpred, i.indrelid), array_to_string(c.reloptions, ', '), c.relispartition,
  (SELECT k.conname FROM pg_constraint k WHERE k.conindid = i.indexrelid
    AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')),
  key.number > i.indnkeyatts, a.attname,
  CASE WHEN a.attname IS NULL THEN pg_get_indexdef(i.indexrelid, key.number, false) END,
  CASE WHEN o.opcdefault AND m.attoptions IS NULL THEN NULL
    ELSE CASE WHEN pg_opclass_is_visible(o.oid) THEN '' ELSE opn.nspname || '.' END || o.opcname
      || coalesce('(' || array_to_string(m.attoptions, ', ') || ')', '') END,
  {}, i.indoption[key.number - 1] & 1 <> 0, i.indoption[key.number - 1] & 2 <> 0
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_class t ON t.oid = i.indrelid AND t.relkind IN ('r', 'p', 'm')
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_am am ON am.oid = c.relam
CROSS JOIN LATERAL generate_series(1, i.indnatts) AS key(number)
JOIN pg_attribute m ON m.attrelid = i.indexrelid AND m.attnum = key.number
LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[key.number - 1]
  AND i.indkey[key.number - 1] <> 0
LEFT JOIN pg_type y ON y.oid = m.atttypid
LEFT JOIN pg_opclass o ON o.oid = i.indclass[key.number - 1] AND key.number <= i.indnkeyatts
LEFT JOIN pg_namespace opn ON opn.oid = o.opcnamespace
WHERE {}
ORDER BY c.relname COLLATE "C", i.indexrelid, key.number)",
      version >= 150000 ? "i.indnullsnotdistinct" : "false",
      collation_name("i.indcollation[key.number - 1]", "coalesce(a.attcollation, y.typcollation)"),
      user_schema);
}

std::string triggers(int version) {
  // Those that a partition has from its table are the table's.
  return fmt::format(R"(
SELECT t.tgrelid, t.tgname, pg_get_triggerdef(t.oid, false)
  || CASE t.tgenabled WHEN 'D' THEN ' (disabled)' WHEN 'R' THEN ' (replica)'
    WHEN 'A' THEN ' (always)' ELSE '' END
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid AND c.relkind IN ('r', 'p')
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND {} AND {} AND {}
ORDER BY t.tgname COLLATE "C")",
                     version >= 130000 ? "t.tgparentid = 0" : "true", user_schema,
                     no_member("pg_trigger", "t.oid"));
}

std::string policies() {
  return fmt::format(R"(
SELECT p.polrelid, p.polname,
  concat_ws(' ', CASE WHEN NOT p.polpermissive THEN 'AS RESTRICTIVE' END,
    'FOR ' || CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
      WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
    'TO ' || (SELECT string_agg(CASE WHEN g.role = 0 THEN 'PUBLIC'
        ELSE quote_ident(pg_get_userbyid(g.role)) END, ', ' ORDER BY pg_get_userbyid(g.role))
      FROM unnest(p.polroles) AS g(role)),
    'USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
    'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {}
ORDER BY p.polname COLLATE "C")",
                     user_schema);
}

std::string types() {
  return fmt::format(R"(
SELECT t.oid, n.nspname, t.typname, t.typtype,
  CASE t.typtype WHEN 'e' THEN
    ARRAY(SELECT l.enumlabel::text FROM pg_enum l WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder)
  END,
  CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) END, t.typnotnull,
  pg_get_expr(t.typdefaultbin, 0), {}
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_type b ON b.oid = t.typbasetype
WHERE t.typtype IN ('e', 'd') AND {} AND {})",
                     collation_name("t.typcollation", "coalesce(b.typcollation, 0)"), user_schema,
                     no_member("pg_type", "t.oid"));
}

std::string views() {
  return fmt::format(R"(
SELECT c.oid, n.nspname, c.relname, c.relkind = 'm', c.relispopulated, pg_get_viewdef(c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND {})",
                     user_relation());
}

// A view depends through its rule on what it reads.
std::string view_reads() {
  return R"(
SELECT DISTINCT w.ev_class, n.nspname COLLATE "C", r.relname COLLATE "C"
FROM pg_rewrite w JOIN pg_class v ON v.oid = w.ev_class AND v.relkind IN ('v', 'm')
JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
  AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> w.ev_class
JOIN pg_class r ON r.oid = d.refobjid AND r.relkind IN ('r', 'p', 'v', 'm', 'f')
JOIN pg_namespace n ON n.oid = r.relnamespace
ORDER BY 1, 2, 3)";
}

std::string sequences() {
  return fmt::format(R"(
SELECT n.nspname, c.relname, tn.nspname, t.relname, a.attname, format_type(s.seqtypid, NULL), {}
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_sequence s ON s.seqrelid = c.oid
LEFT JOIN pg_depend o ON o.classid = 'pg_class'::regclass AND o.objid = c.oid
  AND o.refclassid = 'pg_class'::regclass AND o.refobjsubid > 0 AND o.deptype IN ('a', 'i')
LEFT JOIN pg_class t ON t.oid = o.refobjid LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid,
{}
WHERE c.relkind = 'S' AND o.deptype IS DISTINCT FROM 'i' AND {})",
                     sequence_options, sequence_range, user_relation());
}

std::string functions() {
  return fmt::format(R"(
SELECT n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), pg_get_functiondef(p.oid),
  p.provolatile
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind <> 'a' AND {} AND {}
ORDER BY n.nspname COLLATE "C", p.proname COLLATE "C",
  pg_get_function_identity_arguments(p.oid) COLLATE "C")",
                     user_schema, no_member("pg_proc", "p.oid"));
}

std::string containers() {
  return fmt::format(R"(
SELECT 'schema', n.nspname::text FROM pg_namespace n WHERE {} AND {}
UNION ALL SELECT 'extension', x.extname::text FROM pg_extension x WHERE x.extname <> 'plpgsql'
ORDER BY 1, 2)",
                     user_schema, no_member("pg_namespace", "n.oid"));
}

}  // namespace

CatalogQueries catalog_queries(int version) {
  return {.relations = relations(),
          .parents = parents(),
          .columns = columns(version),
          .constraints = constraints(version),
          .index_keys = index_keys(version),
          .triggers = triggers(version),
          .policies = policies(),
          .types = types(),
          .views = views(),
          .view_reads = view_reads(),
          .sequences = sequences(),
          .functions = functions(),
          .containers = containers()};
}

}  // namespace gauger::database
