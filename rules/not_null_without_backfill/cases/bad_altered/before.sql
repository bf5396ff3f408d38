CREATE SCHEMA shop;
CREATE TABLE customers (id integer PRIMARY KEY, display_name varchar(200), country varchar(2));
CREATE TABLE products (id integer PRIMARY KEY, weight integer);
CREATE TABLE shop.orders (id integer PRIMARY KEY, currency text);
CREATE TABLE orders (id integer PRIMARY KEY, channel text, note text);
