CREATE TABLE products (id integer PRIMARY KEY, weight integer, color text);
CREATE TABLE customers (id integer PRIMARY KEY, country text);
CREATE TABLE returns (id integer PRIMARY KEY);
CREATE TABLE orders (id integer PRIMARY KEY, currency text, channel text);
CREATE TABLE refunds (id integer PRIMARY KEY);
