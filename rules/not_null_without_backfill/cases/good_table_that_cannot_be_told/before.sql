CREATE TABLE customers (id integer PRIMARY KEY, tenant integer);
