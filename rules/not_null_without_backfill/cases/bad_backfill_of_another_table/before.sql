CREATE SCHEMA shop;
CREATE TABLE orders (id integer PRIMARY KEY, total integer);
CREATE TABLE products (id integer PRIMARY KEY, weight integer);
CREATE TABLE customers (id integer PRIMARY KEY, display_name text);
CREATE TABLE shop.customers (id integer PRIMARY KEY, country text);
