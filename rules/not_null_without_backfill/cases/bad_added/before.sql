CREATE SCHEMA shop;
CREATE TABLE customers (id integer PRIMARY KEY);
CREATE TABLE orders (id integer PRIMARY KEY);
CREATE TABLE shop.products (id integer PRIMARY KEY);
