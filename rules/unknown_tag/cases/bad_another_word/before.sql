CREATE TABLE orders (id integer PRIMARY KEY, fax text, note text, city text, total integer);
CREATE TABLE visits (id integer PRIMARY KEY);
CREATE TABLE baskets (id integer PRIMARY KEY);
