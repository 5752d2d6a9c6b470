-- Rows that both have, made up by arithmetic.

INSERT INTO countries (code, name, vat_percent) VALUES
  ('AT', 'Austria', 20), ('CN', 'China', 13), ('DE', 'Germany', 19), ('FR', 'France', 20), ('GB', 'United Kingdom', 20), ('US', 'United States', 0);

INSERT INTO customers (email, name, country, created_at)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
SELECT 'customer' || i || '@example.com',
  CASE i % 8 WHEN 0 THEN 'Ada' WHEN 1 THEN 'Bo' WHEN 2 THEN 'Chen' WHEN 3 THEN 'Dora' WHEN 4 THEN 'Emil' WHEN 5 THEN 'Fatima' WHEN 6 THEN 'Greta' ELSE 'Hui' END
    || ' ' || CASE i % 5 WHEN 0 THEN 'Adler' WHEN 1 THEN 'Brandt' WHEN 2 THEN 'Li' WHEN 3 THEN 'Okafor' ELSE 'Silva' END,
  CASE i % 6 WHEN 0 THEN 'AT' WHEN 1 THEN 'CN' WHEN 2 THEN 'DE' WHEN 3 THEN 'FR' WHEN 4 THEN 'GB' ELSE 'US' END,
  datetime('2025-01-01', '+' || (i * 31 % 365) || ' days', '+' || (i * 7) || ' minutes')
FROM n;

INSERT INTO addresses (customer_id, kind, street, postcode, city, country)
SELECT id, CASE id % 4 WHEN 0 THEN 'invoice' ELSE 'delivery' END, 'Long Road ' || (id % 90 + 1), printf('%05d', 10000 + id * 37), 'Town ' || (id % 12 + 1), country FROM customers;

INSERT INTO suppliers (name, email) VALUES ('Northern Mills', 'hello@mills.example'), ('Tea & Co', NULL), ('Paper Works', 'sales@paper.example');

INSERT INTO categories (id, parent_id, name, slug) VALUES
  (1, NULL, 'Food', 'food'), (2, 1, 'Tea', 'tea'), (3, 1, 'Coffee', 'coffee'), (4, NULL, 'Paper', 'paper'), (5, 4, 'Notebooks', 'notebooks');

INSERT INTO products (sku, name, category_id, supplier_id, price_cents, weight_grams, active)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
SELECT printf('SKU-%04d', i), CASE i % 3 WHEN 0 THEN 'Green tea no. ' WHEN 1 THEN 'Coffee no. ' ELSE 'Notebook no. ' END || i,
  CASE i % 3 WHEN 0 THEN 2 WHEN 1 THEN 3 ELSE 5 END, i % 3 + 1, 250 + i * 45, 100 + i * 5, i % 10 <> 0
FROM n;

INSERT INTO product_tags (product_id, tag) SELECT id, CASE id % 4 WHEN 0 THEN 'new' WHEN 1 THEN 'organic' WHEN 2 THEN 'sale' ELSE 'gift' END FROM products;

INSERT INTO orders (customer_id, status, ordered_at)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
SELECT i * 17 % 200 + 1, CASE i % 5 WHEN 0 THEN 'open' WHEN 1 THEN 'paid' WHEN 4 THEN 'cancelled' ELSE 'shipped' END,
  datetime('2025-06-01', '+' || (i % 180) || ' days', '+' || i || ' minutes')
FROM n;

INSERT INTO order_lines (order_id, line, product_id, quantity, price_cents)
SELECT o.id, k.line, (o.id * 7 + k.line * 11) % 60 + 1, (o.id + k.line) % 4 + 1, 250 + ((o.id * 7 + k.line * 11) % 60 + 1) * 45
FROM orders AS o JOIN (SELECT 1 AS line UNION ALL SELECT 2 UNION ALL SELECT 3) AS k ON k.line <= o.id % 3 + 1;

INSERT INTO payments (order_id, method, amount_cents, paid_at)
SELECT o.id, CASE o.id % 3 WHEN 0 THEN 'card' WHEN 1 THEN 'transfer' ELSE 'cash' END, sum(l.quantity * l.price_cents), o.ordered_at
FROM orders AS o JOIN order_lines AS l ON l.order_id = o.id WHERE o.status IN ('paid', 'shipped') GROUP BY o.id;
