CREATE TABLE customers (id integer PRIMARY KEY, display_name text, country text);
CREATE TABLE orders (id integer PRIMARY KEY, currency text);
CREATE TABLE products (id integer PRIMARY KEY);
