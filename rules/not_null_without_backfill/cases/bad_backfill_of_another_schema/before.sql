CREATE SCHEMA shop;
CREATE SCHEMA archive;
CREATE TABLE shop.customers (id integer PRIMARY KEY, country text);
CREATE TABLE archive.customers (id integer PRIMARY KEY, country text);
