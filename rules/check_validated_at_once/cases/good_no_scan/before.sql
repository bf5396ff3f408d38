CREATE TABLE legacy (id integer PRIMARY KEY, n integer);
