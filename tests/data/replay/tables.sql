-- case names of what a table is made with
CREATE TABLE team (id serial PRIMARY KEY);
CREATE TABLE users (id bigserial PRIMARY KEY, email varchar(50) UNIQUE, team_id int NOT NULL REFERENCES team, age int CHECK (age > 0), CHECK (age < id), UNIQUE (team_id, age));
CREATE TABLE users2 (id int, a int, b int, CONSTRAINT pk PRIMARY KEY (id, a), CONSTRAINT un UNIQUE (b), CONSTRAINT fk FOREIGN KEY (a) REFERENCES team (id) ON DELETE CASCADE ON UPDATE SET NULL);
CREATE TABLE IF NOT EXISTS users2 (id int);
DROP TABLE users2;
DROP TABLE IF EXISTS users2;
DROP TABLE team CASCADE;
-- case names that are taken
CREATE TABLE a (b int, c int, UNIQUE (b), UNIQUE (c), CHECK (b > 0), CHECK (b > 1), CHECK (b > c));
CREATE TABLE a_b_key1 (x int);
ALTER TABLE a ADD UNIQUE (b);
ALTER TABLE a ADD CHECK (b > 2);
ALTER TABLE a ADD CHECK (b > c + 1);
CREATE INDEX ON a (b);
CREATE INDEX ON a (b);
CREATE INDEX ON a (b, c);
CREATE INDEX ON a (lower(b::text));
CREATE INDEX ON a ((b + c), c, (b - c));
CREATE UNIQUE INDEX ON a (c) INCLUDE (b);
CREATE TABLE a_d (seq int);
CREATE TABLE a_d_seq (x int);
ALTER TABLE a ADD COLUMN d serial;
-- case long names are shortened
CREATE TABLE a_very_long_name_of_a_table_that_goes_on_and_on_and_on_for_ever (id serial PRIMARY KEY, a_very_long_name_of_a_column_that_goes_on_and_on_and_on_for_ever int UNIQUE, b int CHECK (b > 0));
CREATE INDEX ON a_very_long_name_of_a_table_that_goes_on_and_on_and_on_for_ever (b, a_very_long_name_of_a_column_that_goes_on_and_on_and_on_for_ever);
CREATE INDEX ON a_very_long_name_of_a_table_that_goes_on_and_on_and_on_for_ever (b);
ALTER TABLE a_very_long_name_of_a_table_that_goes_on_and_on_and_on_for_ever ADD FOREIGN KEY (b) REFERENCES a_very_long_name_of_a_table_that_goes_on_and_on_and_on_for_ever;
-- case one index serves equal keys
CREATE TABLE t (id int PRIMARY KEY UNIQUE, b int UNIQUE, UNIQUE (b), UNIQUE (id, b));
-- case renamed tables keep the names of their parts
CREATE TABLE a (id serial PRIMARY KEY, b int UNIQUE);
CREATE TABLE c (a_id int REFERENCES a);
CREATE VIEW v AS SELECT id FROM a;
ALTER TABLE a RENAME TO z;
ALTER TABLE z ADD UNIQUE (b);
ALTER TABLE z ADD COLUMN e serial;
CREATE SCHEMA app;
ALTER TABLE z SET SCHEMA app;
ALTER TABLE app.z ADD FOREIGN KEY (b) REFERENCES app.z;
ALTER TABLE v RENAME TO w;
ALTER VIEW w RENAME TO x;
DROP TABLE app.z CASCADE;
-- case schemas
CREATE SCHEMA app;
CREATE TABLE app.t (id serial PRIMARY KEY, a int CHECK (a > 0));
CREATE TABLE t (id int PRIMARY KEY, r int REFERENCES app.t);
CREATE TYPE app.mood AS ENUM ('sad');
ALTER TABLE t ADD COLUMN m app.mood;
CREATE INDEX ON app.t (a);
ALTER SCHEMA app RENAME TO app2;
DROP INDEX app2.t_a_idx;
DROP SCHEMA app2 CASCADE;
-- case inheritance
CREATE TABLE p (a int NOT NULL, b text DEFAULT 'x', CHECK (a > 0), CONSTRAINT only_p CHECK (a > 1) NO INHERIT);
CREATE TABLE c (d int) INHERITS (p);
ALTER TABLE p ADD COLUMN e int NOT NULL DEFAULT 1;
ALTER TABLE p ADD CHECK (e > 0);
ALTER TABLE p ALTER COLUMN b SET NOT NULL;
ALTER TABLE p ALTER COLUMN b DROP DEFAULT;
ALTER TABLE p ALTER COLUMN b TYPE varchar(10);
ALTER TABLE p RENAME COLUMN a TO f;
ALTER TABLE p RENAME CONSTRAINT p_e_check TO e_check;
ALTER TABLE p DROP CONSTRAINT e_check;
ALTER TABLE p DROP COLUMN e;
CREATE TABLE d (f int NOT NULL, b varchar(10) NOT NULL, CONSTRAINT p_a_check CHECK (f > 0));
ALTER TABLE d INHERIT p;
ALTER TABLE p DROP CONSTRAINT p_a_check;
ALTER TABLE d NO INHERIT p;
ALTER TABLE p ADD PRIMARY KEY (f);
DROP TABLE p CASCADE;
-- case a key by its index makes inheriting tables NOT NULL
CREATE TABLE p (a int);
CREATE TABLE c () INHERITS (p);
CREATE UNIQUE INDEX i ON p (a);
ALTER TABLE p ADD PRIMARY KEY USING INDEX i;
-- case settings
CREATE UNLOGGED TABLE t (a int);
ALTER TABLE t SET LOGGED;
ALTER TABLE t SET UNLOGGED;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t FORCE ROW LEVEL SECURITY;
ALTER TABLE t NO FORCE ROW LEVEL SECURITY;
ALTER TABLE t DISABLE ROW LEVEL SECURITY;
COMMENT ON TABLE t IS 'it''s a table';
COMMENT ON COLUMN t.a IS 'a column';
COMMENT ON COLUMN t.a IS NULL;
CREATE POLICY mine ON t USING (true);
ALTER POLICY mine ON t RENAME TO yours;
DROP POLICY yours ON t;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER trg BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TRIGGER trg ON t RENAME TO trg2;
DROP TRIGGER trg2 ON t;
DROP FUNCTION f();
-- case temporary tables are no part of it
CREATE TABLE t (a int);
CREATE TEMPORARY TABLE tmp (a int);
CREATE INDEX ON tmp (a);
DROP TABLE tmp;
-- case a table out of a query
CREATE TABLE t (a int PRIMARY KEY);
CREATE TABLE u AS SELECT * FROM t;
ALTER TABLE u ADD COLUMN b int;
CREATE TABLE l (LIKE t INCLUDING ALL);
ALTER TABLE l ADD COLUMN c int CHECK (c > 0);
-- case quoted names
CREATE TABLE "Users" ("Id" serial PRIMARY KEY, "select" int CHECK ("select" > 0), "a""b" int UNIQUE);
ALTER TABLE "Users" RENAME COLUMN "select" TO "Select";
ALTER TABLE "Users" DROP COLUMN "Select";
CREATE TYPE "Mood" AS ENUM ('a');
ALTER TABLE "Users" ADD COLUMN m "Mood", ADD COLUMN n "Mood"[];
ALTER TYPE "Mood" RENAME TO mood;
