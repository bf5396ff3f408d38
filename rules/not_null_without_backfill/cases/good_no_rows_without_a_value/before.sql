CREATE TABLE baskets (id integer PRIMARY KEY, owner integer);
CREATE TABLE visits (id integer PRIMARY KEY);
