-- A shop with stock, orders, payments and promotions, as a MySQL person would write it.

CREATE TABLE countries (
  code CHAR(2) NOT NULL,
  name VARCHAR(100) NOT NULL,
  dial_code VARCHAR(8) DEFAULT NULL,
  in_eu TINYINT(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (code),
  UNIQUE KEY uk_countries_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='ISO 3166-1';

CREATE TABLE currencies (
  code CHAR(3) NOT NULL PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  symbol VARCHAR(8),
  decimals TINYINT NOT NULL DEFAULT 2,
  CHECK (CHAR_LENGTH(code) = 3),
  CHECK (decimals BETWEEN 0 AND 4)
) ENGINE=InnoDB;

CREATE TABLE exchange_rates (
  from_currency CHAR(3) NOT NULL,
  to_currency CHAR(3) NOT NULL,
  valid_on DATE NOT NULL,
  rate DECIMAL(18,8) NOT NULL,
  PRIMARY KEY (from_currency, to_currency, valid_on),
  KEY idx_to_currency (to_currency),
  CONSTRAINT fk_rates_from FOREIGN KEY (from_currency) REFERENCES currencies (code) ON DELETE CASCADE,
  CONSTRAINT fk_rates_to FOREIGN KEY (to_currency) REFERENCES currencies (code) ON DELETE CASCADE,
  CONSTRAINT chk_rates_rate CHECK (rate > 0),
  CONSTRAINT chk_rates_differ CHECK (from_currency <> to_currency)
) ENGINE=InnoDB;

CREATE TABLE customers (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  public_id CHAR(36) CHARACTER SET ascii NOT NULL DEFAULT (UUID()) COMMENT 'what others may see',
  email VARCHAR(254) NOT NULL,
  password_hash VARCHAR(255) DEFAULT NULL,
  first_name VARCHAR(80) NOT NULL,
  last_name VARCHAR(80) NOT NULL,
  phone VARCHAR(32) DEFAULT NULL,
  birthday DATE DEFAULT NULL,
  newsletter BOOLEAN NOT NULL DEFAULT FALSE,
  preferences JSON NOT NULL DEFAULT (JSON_OBJECT()) COMMENT 'language, theme and so on',
  last_login_ip VARCHAR(45) DEFAULT NULL,
  created_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  UNIQUE KEY uk_customers_public_id (public_id),
  UNIQUE KEY uk_customers_email (email),
  KEY idx_customers_name (last_name, first_name),
  CONSTRAINT chk_customers_email CHECK (email LIKE '%_@_%')
) ENGINE=InnoDB;

CREATE TABLE customer_groups (
  id INT NOT NULL AUTO_INCREMENT,
  name VARCHAR(60) NOT NULL,
  discount DECIMAL(5,2) NOT NULL DEFAULT 0.00,
  PRIMARY KEY (id),
  UNIQUE KEY uk_customer_groups_name (name),
  CHECK (discount >= 0 AND discount <= 100)
) ENGINE=InnoDB;

CREATE TABLE customer_group_members (
  customer_id BIGINT UNSIGNED NOT NULL,
  group_id INT NOT NULL,
  since DATE NOT NULL DEFAULT (CURRENT_DATE),
  PRIMARY KEY (customer_id, group_id),
  KEY idx_members_group (group_id),
  CONSTRAINT fk_members_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
  CONSTRAINT fk_members_group FOREIGN KEY (group_id) REFERENCES customer_groups (id) ON DELETE CASCADE
) ENGINE=InnoDB;

CREATE TABLE addresses (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  customer_id BIGINT UNSIGNED NOT NULL,
  kind ENUM('billing','shipping') NOT NULL DEFAULT 'shipping',
  recipient VARCHAR(160) NOT NULL,
  street VARCHAR(160) NOT NULL,
  postal_code VARCHAR(16) NOT NULL,
  city VARCHAR(100) NOT NULL,
  region VARCHAR(100) DEFAULT NULL,
  country CHAR(2) NOT NULL,
  is_default TINYINT(1) NOT NULL DEFAULT 0,
  created_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY idx_addresses_customer (customer_id),
  KEY idx_addresses_country (country),
  CONSTRAINT fk_addresses_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
  CONSTRAINT fk_addresses_country FOREIGN KEY (country) REFERENCES countries (code)
) ENGINE=InnoDB;

CREATE TABLE staff (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  login VARCHAR(40) NOT NULL,
  name VARCHAR(120) NOT NULL,
  manager_id BIGINT UNSIGNED DEFAULT NULL,
  active TINYINT(1) NOT NULL DEFAULT 1,
  hired_on DATE NOT NULL,
  left_on DATE DEFAULT NULL,
  salary DECIMAL(12,2) DEFAULT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uk_staff_login (login),
  KEY idx_staff_manager (manager_id),
  CONSTRAINT fk_staff_manager FOREIGN KEY (manager_id) REFERENCES staff (id) ON DELETE SET NULL,
  CONSTRAINT chk_staff_salary CHECK (salary >= 0),
  CONSTRAINT chk_staff_dates CHECK (left_on IS NULL OR left_on >= hired_on)
) ENGINE=InnoDB;

CREATE TABLE brands (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(100) NOT NULL UNIQUE,
  website VARCHAR(500),
  logo MEDIUMBLOB
) ENGINE=InnoDB;

CREATE TABLE categories (
  id INT NOT NULL AUTO_INCREMENT,
  parent_id INT DEFAULT NULL,
  slug VARCHAR(120) NOT NULL,
  name VARCHAR(120) NOT NULL,
  `position` INT NOT NULL DEFAULT 0,
  visible TINYINT(1) NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  UNIQUE KEY uk_categories_slug (slug),
  KEY idx_categories_parent (parent_id, `position`),
  CONSTRAINT fk_categories_parent FOREIGN KEY (parent_id) REFERENCES categories (id) ON DELETE RESTRICT
) ENGINE=InnoDB;

CREATE TABLE tax_classes (
  id SMALLINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(60) NOT NULL UNIQUE
) ENGINE=InnoDB;

CREATE TABLE tax_rates (
  tax_class_id SMALLINT NOT NULL,
  country CHAR(2) NOT NULL,
  valid_from DATE NOT NULL,
  rate DECIMAL(6,3) NOT NULL,
  PRIMARY KEY (tax_class_id, country, valid_from),
  KEY idx_tax_rates_country (country),
  CONSTRAINT fk_tax_rates_class FOREIGN KEY (tax_class_id) REFERENCES tax_classes (id) ON DELETE CASCADE,
  CONSTRAINT fk_tax_rates_country FOREIGN KEY (country) REFERENCES countries (code) ON DELETE CASCADE,
  CONSTRAINT chk_tax_rates_rate CHECK (rate >= 0 AND rate < 100)
) ENGINE=InnoDB;

CREATE TABLE products (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  sku VARCHAR(40) NOT NULL,
  brand_id INT DEFAULT NULL,
  tax_class_id SMALLINT NOT NULL,
  name VARCHAR(200) NOT NULL,
  description TEXT,
  price DECIMAL(12,2) NOT NULL,
  cost DECIMAL(12,4) DEFAULT NULL COMMENT 'what we paid, moving average',
  weight_grams INT UNSIGNED DEFAULT NULL,
  attributes JSON NOT NULL DEFAULT (JSON_OBJECT()),
  rating FLOAT DEFAULT NULL,
  active TINYINT(1) NOT NULL DEFAULT 1,
  available_from DATETIME(6) DEFAULT NULL,
  available_until DATETIME(6) DEFAULT NULL,
  created_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  UNIQUE KEY uk_products_sku (sku),
  KEY idx_products_brand (brand_id),
  KEY idx_products_tax_class (tax_class_id),
  KEY idx_products_price (active, price),
  FULLTEXT KEY ft_products (name, description),
  CONSTRAINT fk_products_brand FOREIGN KEY (brand_id) REFERENCES brands (id) ON DELETE SET NULL,
  CONSTRAINT fk_products_tax_class FOREIGN KEY (tax_class_id) REFERENCES tax_classes (id),
  CONSTRAINT chk_products_price CHECK (price >= 0),
  CONSTRAINT chk_products_weight CHECK (weight_grams > 0),
  CONSTRAINT chk_products_available CHECK (available_until IS NULL OR available_until > available_from)
) ENGINE=InnoDB;

CREATE TABLE product_categories (
  product_id BIGINT UNSIGNED NOT NULL,
  category_id INT NOT NULL,
  PRIMARY KEY (product_id, category_id),
  CONSTRAINT fk_pc_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
  CONSTRAINT fk_pc_category FOREIGN KEY (category_id) REFERENCES categories (id) ON DELETE CASCADE
) ENGINE=InnoDB;

CREATE TABLE product_variants (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  product_id BIGINT UNSIGNED NOT NULL,
  sku VARCHAR(60) NOT NULL,
  barcode VARCHAR(14) DEFAULT NULL,
  size VARCHAR(20) DEFAULT NULL,
  colour VARCHAR(30) DEFAULT NULL,
  extra_price DECIMAL(12,2) NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY uk_variants_sku (sku),
  UNIQUE KEY uk_variants (product_id, size, colour),
  KEY idx_variants_barcode (barcode),
  CONSTRAINT fk_variants_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
) ENGINE=InnoDB;

CREATE TABLE product_images (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  product_id BIGINT UNSIGNED NOT NULL,
  url VARCHAR(1000) NOT NULL,
  alt_text VARCHAR(255) NOT NULL DEFAULT '',
  `position` SMALLINT NOT NULL DEFAULT 0,
  width INT DEFAULT NULL,
  height INT DEFAULT NULL,
  PRIMARY KEY (id),
  KEY idx_images_product (product_id, `position`),
  CONSTRAINT fk_images_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
) ENGINE=InnoDB;

CREATE TABLE product_reviews (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  product_id BIGINT UNSIGNED NOT NULL,
  customer_id BIGINT UNSIGNED DEFAULT NULL,
  stars TINYINT UNSIGNED NOT NULL,
  title VARCHAR(120) DEFAULT NULL,
  body TEXT NOT NULL,
  approved TINYINT(1) NOT NULL DEFAULT 0,
  created_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY idx_reviews_product (product_id, created_at DESC),
  KEY idx_reviews_customer (customer_id),
  CONSTRAINT fk_reviews_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
  CONSTRAINT fk_reviews_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE SET NULL,
  CONSTRAINT chk_reviews_stars CHECK (stars IN (1,2,3,4,5))
) ENGINE=InnoDB;

CREATE TABLE suppliers (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(160) NOT NULL,
  vat_number VARCHAR(20) DEFAULT NULL,
  country CHAR(2) NOT NULL,
  currency CHAR(3) NOT NULL,
  terms_days SMALLINT NOT NULL DEFAULT 30,
  notes TEXT,
  PRIMARY KEY (id),
  UNIQUE KEY uk_suppliers_vat (vat_number),
  KEY idx_suppliers_country (country),
  KEY idx_suppliers_currency (currency),
  CONSTRAINT fk_suppliers_country FOREIGN KEY (country) REFERENCES countries (code),
  CONSTRAINT fk_suppliers_currency FOREIGN KEY (currency) REFERENCES currencies (code)
) ENGINE=InnoDB;

CREATE TABLE supplier_products (
  supplier_id BIGINT UNSIGNED NOT NULL,
  variant_id BIGINT UNSIGNED NOT NULL,
  supplier_sku VARCHAR(60) DEFAULT NULL,
  price DECIMAL(12,4) NOT NULL,
  minimum_quantity INT NOT NULL DEFAULT 1,
  PRIMARY KEY (supplier_id, variant_id),
  KEY idx_supplier_products_variant (variant_id),
  CONSTRAINT fk_sp_supplier FOREIGN KEY (supplier_id) REFERENCES suppliers (id) ON DELETE CASCADE,
  CONSTRAINT fk_sp_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE,
  CONSTRAINT chk_sp_minimum CHECK (minimum_quantity >= 1)
) ENGINE=InnoDB;

CREATE TABLE warehouses (
  id INT NOT NULL AUTO_INCREMENT,
  code VARCHAR(10) NOT NULL,
  name VARCHAR(100) NOT NULL,
  country CHAR(2) NOT NULL,
  latitude DOUBLE DEFAULT NULL,
  longitude DOUBLE DEFAULT NULL,
  opens_at TIME DEFAULT NULL,
  closes_at TIME DEFAULT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uk_warehouses_code (code),
  KEY idx_warehouses_country (country),
  CONSTRAINT fk_warehouses_country FOREIGN KEY (country) REFERENCES countries (code)
) ENGINE=InnoDB;

CREATE TABLE stock_levels (
  warehouse_id INT NOT NULL,
  variant_id BIGINT UNSIGNED NOT NULL,
  on_hand INT NOT NULL DEFAULT 0,
  reserved INT NOT NULL DEFAULT 0,
  available INT GENERATED ALWAYS AS (on_hand - reserved) STORED,
  counted_at DATETIME(6) DEFAULT NULL,
  PRIMARY KEY (warehouse_id, variant_id),
  KEY idx_stock_variant (variant_id),
  CONSTRAINT fk_stock_warehouse FOREIGN KEY (warehouse_id) REFERENCES warehouses (id) ON DELETE CASCADE,
  CONSTRAINT fk_stock_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE,
  CONSTRAINT chk_stock_reserved CHECK (reserved >= 0)
) ENGINE=InnoDB;

CREATE TABLE stock_movements (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  warehouse_id INT NOT NULL,
  variant_id BIGINT UNSIGNED NOT NULL,
  kind ENUM('receipt','issue','transfer','correction') NOT NULL,
  quantity INT NOT NULL,
  reason VARCHAR(200) DEFAULT NULL,
  staff_id BIGINT UNSIGNED DEFAULT NULL,
  moved_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY idx_movements_warehouse (warehouse_id, moved_at),
  KEY idx_movements_variant (variant_id, moved_at),
  KEY idx_movements_staff (staff_id),
  CONSTRAINT fk_movements_warehouse FOREIGN KEY (warehouse_id) REFERENCES warehouses (id),
  CONSTRAINT fk_movements_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id),
  CONSTRAINT fk_movements_staff FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE SET NULL,
  CONSTRAINT chk_movements_quantity CHECK (quantity <> 0)
) ENGINE=InnoDB;

CREATE TABLE carts (
  id CHAR(36) CHARACTER SET ascii NOT NULL DEFAULT (UUID()),
  customer_id BIGINT UNSIGNED DEFAULT NULL,
  currency CHAR(3) NOT NULL,
  created_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  expires_at DATETIME(6) DEFAULT NULL,
  PRIMARY KEY (id),
  KEY idx_carts_customer (customer_id),
  KEY idx_carts_currency (currency),
  KEY idx_carts_expires (expires_at),
  CONSTRAINT fk_carts_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
  CONSTRAINT fk_carts_currency FOREIGN KEY (currency) REFERENCES currencies (code)
) ENGINE=InnoDB;

CREATE TABLE cart_items (
  cart_id CHAR(36) CHARACTER SET ascii NOT NULL,
  variant_id BIGINT UNSIGNED NOT NULL,
  quantity INT NOT NULL DEFAULT 1,
  added_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (cart_id, variant_id),
  KEY idx_cart_items_variant (variant_id),
  CONSTRAINT fk_cart_items_cart FOREIGN KEY (cart_id) REFERENCES carts (id) ON DELETE CASCADE,
  CONSTRAINT fk_cart_items_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE,
  CONSTRAINT chk_cart_items_quantity CHECK (quantity > 0)
) ENGINE=InnoDB;

CREATE TABLE coupons (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  code VARCHAR(30) NOT NULL,
  percent DECIMAL(5,2) DEFAULT NULL,
  amount DECIMAL(12,2) DEFAULT NULL,
  max_uses INT DEFAULT NULL,
  used INT NOT NULL DEFAULT 0,
  starts_on DATE NOT NULL DEFAULT (CURDATE()),
  ends_on DATE DEFAULT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uk_coupons_code (code),
  CONSTRAINT chk_coupons_code CHECK (code = UPPER(code)),
  CONSTRAINT chk_coupons_one_kind CHECK ((percent IS NULL) <> (amount IS NULL)),
  CONSTRAINT chk_coupons_dates CHECK (ends_on >= starts_on)
) ENGINE=InnoDB;

CREATE TABLE orders (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  number VARCHAR(20) NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  billing_address_id BIGINT UNSIGNED DEFAULT NULL,
  shipping_address_id BIGINT UNSIGNED DEFAULT NULL,
  status ENUM('pending','paid','packed','shipped','delivered','cancelled','returned') NOT NULL DEFAULT 'pending',
  currency CHAR(3) NOT NULL,
  subtotal DECIMAL(14,2) NOT NULL DEFAULT 0.00,
  shipping DECIMAL(14,2) NOT NULL DEFAULT 0.00,
  tax DECIMAL(14,2) NOT NULL DEFAULT 0.00,
  total DECIMAL(14,2) GENERATED ALWAYS AS (subtotal + shipping + tax) STORED,
  coupon_id BIGINT UNSIGNED DEFAULT NULL,
  remarks TEXT,
  placed_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  UNIQUE KEY uk_orders_number (number),
  KEY idx_orders_customer (customer_id, placed_at DESC),
  KEY idx_orders_billing (billing_address_id),
  KEY idx_orders_shipping (shipping_address_id),
  KEY idx_orders_coupon (coupon_id),
  KEY idx_orders_currency (currency),
  KEY idx_orders_status (status, placed_at),
  CONSTRAINT fk_orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE RESTRICT,
  CONSTRAINT fk_orders_billing FOREIGN KEY (billing_address_id) REFERENCES addresses (id) ON DELETE SET NULL,
  CONSTRAINT fk_orders_shipping FOREIGN KEY (shipping_address_id) REFERENCES addresses (id) ON DELETE SET NULL,
  CONSTRAINT fk_orders_currency FOREIGN KEY (currency) REFERENCES currencies (code),
  CONSTRAINT fk_orders_coupon FOREIGN KEY (coupon_id) REFERENCES coupons (id) ON DELETE SET NULL,
  CONSTRAINT chk_orders_amounts CHECK (subtotal >= 0 AND shipping >= 0 AND tax >= 0)
) ENGINE=InnoDB AUTO_INCREMENT=100000 COMMENT='one row for each order; rows are never deleted';

CREATE TABLE order_items (
  order_id BIGINT UNSIGNED NOT NULL,
  line SMALLINT NOT NULL,
  variant_id BIGINT UNSIGNED DEFAULT NULL,
  description VARCHAR(200) NOT NULL,
  quantity INT NOT NULL,
  unit_price DECIMAL(12,2) NOT NULL,
  tax_rate DECIMAL(6,3) NOT NULL,
  line_total DECIMAL(14,2) GENERATED ALWAYS AS (quantity * unit_price) STORED,
  PRIMARY KEY (order_id, line),
  KEY idx_order_items_variant (variant_id),
  CONSTRAINT fk_order_items_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
  CONSTRAINT fk_order_items_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE SET NULL,
  CONSTRAINT chk_order_items_quantity CHECK (quantity > 0)
) ENGINE=InnoDB;

CREATE TABLE order_status_history (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  order_id BIGINT UNSIGNED NOT NULL,
  old_status ENUM('pending','paid','packed','shipped','delivered','cancelled','returned') DEFAULT NULL,
  new_status ENUM('pending','paid','packed','shipped','delivered','cancelled','returned') NOT NULL,
  staff_id BIGINT UNSIGNED DEFAULT NULL,
  changed_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY idx_history_order (order_id, changed_at),
  KEY idx_history_staff (staff_id),
  CONSTRAINT fk_history_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
  CONSTRAINT fk_history_staff FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE SET NULL
) ENGINE=InnoDB;

CREATE TABLE payment_methods (
  code VARCHAR(20) NOT NULL PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  active TINYINT(1) NOT NULL DEFAULT 1,
  settings JSON DEFAULT NULL
) ENGINE=InnoDB;

CREATE TABLE payments (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  order_id BIGINT UNSIGNED NOT NULL,
  method VARCHAR(20) NOT NULL,
  state ENUM('created','authorised','captured','refunded','failed') NOT NULL DEFAULT 'created',
  amount DECIMAL(14,2) NOT NULL,
  reference VARCHAR(80) DEFAULT NULL,
  response JSON DEFAULT NULL,
  created_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  UNIQUE KEY uk_payments_reference (method, reference),
  KEY idx_payments_order (order_id),
  CONSTRAINT fk_payments_order FOREIGN KEY (order_id) REFERENCES orders (id),
  CONSTRAINT fk_payments_method FOREIGN KEY (method) REFERENCES payment_methods (code) ON UPDATE CASCADE,
  CONSTRAINT chk_payments_amount CHECK (amount > 0)
) ENGINE=InnoDB;

CREATE TABLE refunds (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  payment_id BIGINT UNSIGNED NOT NULL,
  amount DECIMAL(14,2) NOT NULL,
  reason VARCHAR(200) NOT NULL,
  staff_id BIGINT UNSIGNED DEFAULT NULL,
  created_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY idx_refunds_payment (payment_id),
  KEY idx_refunds_staff (staff_id),
  CONSTRAINT fk_refunds_payment FOREIGN KEY (payment_id) REFERENCES payments (id),
  CONSTRAINT fk_refunds_staff FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE SET NULL,
  CONSTRAINT chk_refunds_amount CHECK (amount > 0)
) ENGINE=InnoDB;

CREATE TABLE carriers (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  tracking_url VARCHAR(300) DEFAULT NULL,
  UNIQUE KEY uk_carriers_name (name)
) ENGINE=InnoDB;

CREATE TABLE shipments (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  order_id BIGINT UNSIGNED NOT NULL,
  carrier_id INT NOT NULL,
  warehouse_id INT NOT NULL,
  tracking_code VARCHAR(60) DEFAULT NULL,
  shipped_at DATETIME(6) DEFAULT NULL,
  delivered_at DATETIME(6) DEFAULT NULL,
  PRIMARY KEY (id),
  KEY idx_shipments_order (order_id),
  KEY idx_shipments_tracking (tracking_code),
  CONSTRAINT fk_shipments_order FOREIGN KEY (order_id) REFERENCES orders (id),
  CONSTRAINT fk_shipments_carrier FOREIGN KEY (carrier_id) REFERENCES carriers (id),
  CONSTRAINT fk_shipments_warehouse FOREIGN KEY (warehouse_id) REFERENCES warehouses (id),
  CONSTRAINT chk_shipments_delivered CHECK (delivered_at IS NULL OR shipped_at IS NOT NULL)
) ENGINE=InnoDB;

CREATE TABLE shipment_items (
  shipment_id BIGINT UNSIGNED NOT NULL,
  order_id BIGINT UNSIGNED NOT NULL,
  line SMALLINT NOT NULL,
  quantity INT NOT NULL,
  PRIMARY KEY (shipment_id, order_id, line),
  KEY idx_shipment_items_line (order_id, line),
  CONSTRAINT fk_shipment_items_shipment FOREIGN KEY (shipment_id) REFERENCES shipments (id) ON DELETE CASCADE,
  CONSTRAINT fk_shipment_items_line FOREIGN KEY (order_id, line) REFERENCES order_items (order_id, line),
  CONSTRAINT chk_shipment_items_quantity CHECK (quantity > 0)
) ENGINE=InnoDB;

CREATE TABLE purchase_orders (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  supplier_id BIGINT UNSIGNED NOT NULL,
  warehouse_id INT NOT NULL,
  state VARCHAR(12) NOT NULL DEFAULT 'draft',
  ordered_on DATE DEFAULT NULL,
  expected_on DATE DEFAULT NULL,
  created_by BIGINT UNSIGNED DEFAULT NULL,
  PRIMARY KEY (id),
  KEY idx_po_supplier (supplier_id),
  KEY idx_po_warehouse (warehouse_id),
  KEY idx_po_created_by (created_by),
  CONSTRAINT fk_po_supplier FOREIGN KEY (supplier_id) REFERENCES suppliers (id),
  CONSTRAINT fk_po_warehouse FOREIGN KEY (warehouse_id) REFERENCES warehouses (id),
  CONSTRAINT fk_po_created_by FOREIGN KEY (created_by) REFERENCES staff (id),
  CONSTRAINT chk_po_state CHECK (state IN ('draft','sent','confirmed','received','cancelled'))
) ENGINE=InnoDB;

CREATE TABLE purchase_order_items (
  purchase_order_id BIGINT UNSIGNED NOT NULL,
  variant_id BIGINT UNSIGNED NOT NULL,
  quantity INT NOT NULL,
  received INT NOT NULL DEFAULT 0,
  price DECIMAL(12,4) NOT NULL,
  PRIMARY KEY (purchase_order_id, variant_id),
  KEY idx_poi_variant (variant_id),
  CONSTRAINT fk_poi_order FOREIGN KEY (purchase_order_id) REFERENCES purchase_orders (id) ON DELETE CASCADE,
  CONSTRAINT fk_poi_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id),
  CONSTRAINT chk_poi_quantity CHECK (quantity > 0),
  CONSTRAINT chk_poi_received CHECK (received BETWEEN 0 AND quantity)
) ENGINE=InnoDB;

CREATE TABLE audit_log (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  staff_id BIGINT UNSIGNED DEFAULT NULL,
  action VARCHAR(40) NOT NULL,
  object_type VARCHAR(40) NOT NULL,
  object_id VARCHAR(40) NOT NULL,
  details JSON DEFAULT NULL,
  client_ip VARCHAR(45) DEFAULT NULL,
  happened_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY idx_audit_object (object_type, object_id),
  KEY idx_audit_happened (happened_at)
) ENGINE=InnoDB;

CREATE TABLE settings (
  name VARCHAR(60) NOT NULL PRIMARY KEY,
  value JSON NOT NULL,
  updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB;

CREATE VIEW open_orders AS SELECT o.id, o.number, c.email, o.total FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status IN ('pending', 'paid', 'packed');
