-- The same shop as it runs in production: an ancestor that has been worked on by hand.

CREATE TABLE countries (
  code TEXT PRIMARY KEY CHECK (length(code) = 2),
  name TEXT NOT NULL UNIQUE,
  vat_percent REAL NOT NULL DEFAULT 0 CHECK (vat_percent BETWEEN 0 AND 100)
) WITHOUT ROWID;

CREATE TABLE customers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL COLLATE NOCASE,
  name TEXT NOT NULL,
  country TEXT NOT NULL DEFAULT 'DE' REFERENCES countries (code) ON UPDATE CASCADE,
  created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  fax TEXT,
  CONSTRAINT customers_email_unique UNIQUE (email)
);
CREATE INDEX customers_by_country ON customers (country);

CREATE TABLE addresses (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  kind TEXT NOT NULL DEFAULT 'delivery' CHECK (kind IN ('delivery', 'invoice')),
  street TEXT NOT NULL,
  postcode TEXT NOT NULL,
  city TEXT NOT NULL,
  country TEXT NOT NULL REFERENCES countries (code)
);
CREATE INDEX addresses_by_customer ON addresses (customer_id);

CREATE TABLE suppliers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  email TEXT
);

CREATE TABLE categories (
  id INTEGER PRIMARY KEY,
  parent_id INTEGER REFERENCES categories (id) ON DELETE RESTRICT,
  name TEXT NOT NULL,
  slug TEXT
);

CREATE TABLE products (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sku TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  category_id INTEGER NOT NULL REFERENCES categories (id),
  supplier_id INTEGER REFERENCES suppliers (id) ON DELETE SET NULL,
  price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
  weight_grams INT,
  active INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX products_by_category ON products (category_id, name);
CREATE INDEX products_by_name ON products (name);

CREATE TABLE product_tags (
  product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (product_id, tag)
) WITHOUT ROWID;

CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'open',
  ordered_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  shipped_at TEXT,
  CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
  CONSTRAINT orders_status CHECK (status IN ('open', 'paid', 'shipped', 'cancelled'))
);
CREATE INDEX orders_by_status ON orders (status);
CREATE INDEX orders_by_customer ON orders (customer_id);

CREATE TABLE order_lines (
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  product_id INTEGER NOT NULL REFERENCES products (id),
  quantity INTEGER NOT NULL DEFAULT 1,
  price_cents INTEGER NOT NULL,
  PRIMARY KEY (order_id, line)
) WITHOUT ROWID;

CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  method TEXT NOT NULL CHECK (method IN ('card', 'transfer', 'cash')),
  amount_cents INTEGER NOT NULL CHECK (amount_cents <> 0),
  paid_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE newsletter_subscribers (
  email TEXT PRIMARY KEY,
  since TEXT
);

CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY,
  what TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  detail TEXT,
  at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE VIEW order_totals AS
  SELECT o.id AS order_id, o.customer_id, o.status, count(l.line) AS lines, sum(l.quantity * l.price_cents) AS total_cents
  FROM orders AS o
  LEFT JOIN order_lines AS l ON l.order_id = o.id
  GROUP BY o.id;

CREATE VIEW active_products AS
  SELECT p.id, p.sku, p.name, c.name AS category, p.price_cents, p.weight_grams
  FROM products AS p
  JOIN categories AS c ON c.id = p.category_id
  WHERE p.active = 1;

CREATE TRIGGER orders_status_changed AFTER UPDATE OF status ON orders
BEGIN
  INSERT INTO audit_log (what, row_id, detail) VALUES ('order', new.id, new.status);
END;
