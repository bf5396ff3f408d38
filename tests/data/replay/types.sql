-- case enums
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood ADD VALUE 'happy';
ALTER TYPE mood ADD VALUE 'meh' BEFORE 'ok';
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'meh';
ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok';
ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';
CREATE TABLE t (a mood NOT NULL DEFAULT 'ok', b mood[], c int);
ALTER TYPE mood RENAME TO feeling;
CREATE SCHEMA app;
ALTER TYPE feeling SET SCHEMA app;
ALTER TABLE t ALTER COLUMN b TYPE text[] USING b::text[];
DROP TYPE app.feeling CASCADE;
DROP TYPE IF EXISTS app.feeling;
-- case domains
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN title AS varchar(20) NOT NULL DEFAULT 'x' CONSTRAINT short CHECK (length(VALUE) < 9) CHECK (VALUE <> '');
CREATE TABLE t (a positive, b title);
ALTER DOMAIN positive ADD CHECK (VALUE < 100) NOT VALID;
ALTER DOMAIN positive VALIDATE CONSTRAINT positive_check1;
ALTER DOMAIN positive SET NOT NULL;
ALTER DOMAIN positive DROP NOT NULL;
ALTER DOMAIN positive SET DEFAULT 5;
ALTER DOMAIN positive DROP DEFAULT;
ALTER DOMAIN positive DROP CONSTRAINT positive_check;
ALTER DOMAIN positive RENAME TO plus;
DROP DOMAIN plus CASCADE;
-- case a type is swapped
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE TABLE t (m mood);
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('b', 'c');
ALTER TABLE t ALTER COLUMN m TYPE mood USING m::text::mood;
DROP TYPE mood_old;
-- case every spelling of a type
CREATE TABLE t (a int4, b int8, c int2, d float8, e float4, f bool, g decimal(8,2), h numeric, i char, j char(3), k bpchar, l varchar(5)[], m timestamp, n timestamptz, o time(2), p timetz, q bit(3), r bit varying(4), s interval, t interval(2), u interval day to second, v double precision, w character varying, x uuid, y bytea, z json);
ALTER TABLE t ADD COLUMN aa inet, ADD COLUMN bb int4range, ADD COLUMN cc tsvector, ADD COLUMN dd money, ADD COLUMN ee int[][], ADD COLUMN ff float(10), ADD COLUMN gg real, ADD COLUMN hh text, ADD COLUMN ii jsonb, ADD COLUMN jj date, ADD COLUMN kk xml, ADD COLUMN ll "char", ADD COLUMN mm name, ADD COLUMN nn oid, ADD COLUMN oo regclass, ADD COLUMN pp point;
