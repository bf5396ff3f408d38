CREATE TABLE orders (id integer PRIMARY KEY, fax text, telex text);
