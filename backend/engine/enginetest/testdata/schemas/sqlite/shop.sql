-- A small shop as its developers have it today.

CREATE TABLE countries (
  code TEXT PRIMARY KEY CHECK (length(code) = 2),
  name TEXT NOT NULL UNIQUE,
  vat_percent REAL NOT NULL DEFAULT 0 CHECK (vat_percent BETWEEN 0 AND 100)
) WITHOUT ROWID;

CREATE TABLE customers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL COLLATE NOCASE,
  name TEXT NOT NULL,
  phone TEXT,
  country TEXT NOT NULL DEFAULT 'DE' REFERENCES countries (code) ON UPDATE CASCADE,
  newsletter INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT customers_email_unique UNIQUE (email),
  CONSTRAINT customers_newsletter_flag CHECK (newsletter IN (0, 1))
);
CREATE INDEX customers_by_name ON customers (name COLLATE NOCASE);
CREATE INDEX customers_by_country ON customers (country, created_at DESC);

CREATE TABLE addresses (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
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
  email TEXT,
  rating INTEGER CHECK (rating BETWEEN 1 AND 5)
);

CREATE TABLE categories (
  id INTEGER PRIMARY KEY,
  parent_id INTEGER REFERENCES categories (id) ON DELETE RESTRICT,
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE
);

CREATE TABLE products (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sku TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  category_id INTEGER NOT NULL REFERENCES categories (id),
  supplier_id INTEGER REFERENCES suppliers (id) ON DELETE SET NULL,
  price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
  weight_grams INTEGER,
  active INTEGER NOT NULL DEFAULT 1,
  description TEXT NOT NULL DEFAULT ''
);
CREATE INDEX products_by_category ON products (category_id, name);
CREATE INDEX products_active ON products (name) WHERE active = 1;

CREATE TABLE product_tags (
  product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  tag TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (product_id, tag)
) WITHOUT ROWID;

CREATE TABLE coupons (
  code TEXT PRIMARY KEY,
  percent INTEGER NOT NULL CHECK (percent BETWEEN 1 AND 90),
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
) WITHOUT ROWID, STRICT;

CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'open',
  coupon_code TEXT REFERENCES coupons (code) ON DELETE SET NULL,
  ordered_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  shipped_at TEXT,
  CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE RESTRICT,
  CONSTRAINT orders_status CHECK (status IN ('open', 'paid', 'shipped', 'cancelled', 'refunded'))
);
CREATE INDEX orders_by_status ON orders (status, ordered_at DESC);
CREATE INDEX orders_by_customer ON orders (customer_id);

CREATE TABLE order_lines (
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  product_id INTEGER NOT NULL REFERENCES products (id),
  quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity > 0),
  price_cents INTEGER NOT NULL,
  total_cents INTEGER GENERATED ALWAYS AS (quantity * price_cents) VIRTUAL,
  PRIMARY KEY (order_id, line)
) WITHOUT ROWID;
CREATE INDEX order_lines_by_product ON order_lines (product_id);

CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  method TEXT NOT NULL CHECK (method IN ('card', 'transfer', 'cash')),
  amount_cents INTEGER NOT NULL CHECK (amount_cents <> 0),
  paid_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  reference TEXT
);
CREATE UNIQUE INDEX payments_reference ON payments (method, reference) WHERE reference IS NOT NULL;

CREATE TABLE reviews (
  id INTEGER PRIMARY KEY,
  product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  customer_id INTEGER REFERENCES customers (id) ON DELETE SET NULL,
  stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
  words TEXT,
  written_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (product_id, customer_id)
);

CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY,
  what TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  detail TEXT,
  at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE VIEW order_totals AS
  SELECT o.id AS order_id, o.customer_id, o.status, count(l.line) AS lines, coalesce(sum(l.total_cents), 0) AS total_cents
  FROM orders AS o
  LEFT JOIN order_lines AS l ON l.order_id = o.id
  GROUP BY o.id;

CREATE VIEW best_sellers AS
  SELECT p.id, p.name, sum(l.quantity) AS sold
  FROM products AS p
  JOIN order_lines AS l ON l.product_id = p.id
  GROUP BY p.id
  ORDER BY sold DESC;

CREATE VIEW active_products AS
  SELECT p.id, p.sku, p.name, c.name AS category, p.price_cents, p.weight_grams
  FROM products AS p
  JOIN categories AS c ON c.id = p.category_id
  WHERE p.active = 1;

CREATE TRIGGER orders_status_changed AFTER UPDATE OF status ON orders
WHEN old.status <> new.status
BEGIN
  INSERT INTO audit_log (what, row_id, detail) VALUES ('order', new.id, old.status || ' to ' || new.status);
END;

CREATE TRIGGER products_price_changed AFTER UPDATE OF price_cents ON products
WHEN old.price_cents <> new.price_cents
BEGIN
  INSERT INTO audit_log (what, row_id, detail) VALUES ('price', new.id, old.price_cents || ' to ' || new.price_cents);
END;
