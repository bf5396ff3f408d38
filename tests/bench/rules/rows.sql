INSERT INTO customers (id, email, name, country, balance, plan)
  SELECT i, 'c' || i, CASE WHEN i % 2 = 0 THEN 'name ' || i END, 'de', i, 'free' FROM generate_series(1, 40) i;
INSERT INTO orders (id, customer_id, number, total, placed, note)
  SELECT i, i % 40 + 1, CASE WHEN i > 1 THEN 'n' || i END, CASE WHEN i > 1 THEN i END, '2024-05-01', CASE WHEN i % 3 = 0 THEN 'note' END FROM generate_series(1, 60) i;
INSERT INTO order_lines SELECT i, 1, 's' || i, 1, 5 FROM generate_series(1, 60) i;
INSERT INTO products (id, sku, title, price, attributes, released)
  SELECT i, 's' || i, 'title ' || i, i, '{}', '2024-01-01' FROM generate_series(1, 30) i;
INSERT INTO discounts (rate, tag) SELECT i, 'x' FROM generate_series(1, 20) i;
INSERT INTO audit_log SELECT i, CASE WHEN i > 1 THEN now() END, 'x' FROM generate_series(1, 50) i;
INSERT INTO events SELECT i, '2024-02-02', 'x' FROM generate_series(1, 30) i;
INSERT INTO events SELECT i, '2020-02-02', 'x' FROM generate_series(1, 30) i;
INSERT INTO readings SELECT i, '2024-02-02' FROM generate_series(1, 30) i;
INSERT INTO readings_2025 SELECT i, '2025-02-02' FROM generate_series(1, 30) i;
INSERT INTO readings_2026 SELECT i, '2026-02-02' FROM generate_series(1, 30) i;
REFRESH MATERIALIZED VIEW sales;
INSERT INTO legacy.memos SELECT i, 'x' FROM generate_series(1, 10) i;
