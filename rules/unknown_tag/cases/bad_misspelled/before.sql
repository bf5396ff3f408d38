CREATE TABLE orders (id integer PRIMARY KEY, fax text, note text, city text, zip text, total integer, net integer, tax integer);
CREATE TABLE visits (id integer PRIMARY KEY);
CREATE TABLE baskets (id integer PRIMARY KEY);
CREATE TABLE wishes (id integer PRIMARY KEY);
