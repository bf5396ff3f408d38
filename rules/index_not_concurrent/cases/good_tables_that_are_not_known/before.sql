CREATE TABLE legacy (id integer NOT NULL, code text, status text, during tstzrange);
