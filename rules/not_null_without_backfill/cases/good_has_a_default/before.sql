CREATE TABLE customers (id integer PRIMARY KEY, width numeric, height numeric);
CREATE TABLE orders (id integer PRIMARY KEY);
