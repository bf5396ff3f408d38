CREATE TABLE customers (id integer PRIMARY KEY, country varchar(2) NOT NULL, email text NOT NULL, city text);
