CREATE TABLE customers (id integer PRIMARY KEY, email text NOT NULL, country text);
-- Those whose CHECK nothing satisfies have no rows: what is inserted would not fill them.
CREATE TABLE grades (code text PRIMARY KEY, label text, CHECK (md5(code || coalesce(label, '')) = md5('aA')));
CREATE TABLE aisles (id integer PRIMARY KEY, name text NOT NULL, CHECK (id < 0 AND id > 0));
CREATE TABLE shelves (id integer PRIMARY KEY, label text, CHECK (id < 0 AND id > 0));
CREATE TABLE orders (id integer PRIMARY KEY, currency text, customer_id integer NOT NULL, placed_at timestamptz NOT NULL);
CREATE TABLE parcels (id integer PRIMARY KEY, weight integer);
CREATE TABLE products (id integer PRIMARY KEY, weight integer);
CREATE TABLE lines (id integer PRIMARY KEY, note text);
CREATE TABLE accounts (customer_id integer PRIMARY KEY, since timestamptz, CHECK (customer_id < 0 AND customer_id > 0));
CREATE TABLE coupons (id integer PRIMARY KEY, value integer);
CREATE TABLE visits (id integer PRIMARY KEY, page text);
CREATE TABLE baskets (id integer PRIMARY KEY, owner integer);
CREATE TABLE suppliers (id integer PRIMARY KEY, address jsonb, city text, CHECK (id < 0 AND id > 0));
