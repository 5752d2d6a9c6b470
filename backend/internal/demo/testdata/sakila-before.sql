-- What made sakila's database in this demonstration: an older release of the same schema, some of it changed by hand
-- since, with rows in it. It is applied to a database that sakila.sql was loaded into.

-- ── rows, as sakila's own data has them ──
SET foreign_key_checks = 0; -- store and staff refer to each other
INSERT INTO country (country_id, country) VALUES (20, 'Canada'), (8, 'Australia');
INSERT INTO city (city_id, city, country_id) VALUES (300, 'Lethbridge', 20), (576, 'Woodridge', 8);
INSERT INTO address (address_id, address, district, city_id, postal_code, phone) VALUES
  (1, '47 MySakila Drive', 'Alberta', 300, '', ''),
  (2, '28 MySQL Boulevard', 'QLD', 576, '', ''),
  (3, '23 Workhaven Lane', 'Alberta', 300, '', '14033335568'),
  (4, '1411 Lillydale Drive', 'QLD', 576, '', '6172235589');
INSERT INTO store (store_id, manager_staff_id, address_id) VALUES (1, 1, 1), (2, 2, 2);
INSERT INTO staff (staff_id, first_name, last_name, address_id, email, store_id, username) VALUES
  (1, 'Mike', 'Hillyer', 3, 'Mike.Hillyer@sakilastaff.com', 1, 'Mike'),
  (2, 'Jon', 'Stephens', 4, 'Jon.Stephens@sakilastaff.com', 2, 'Jon');
INSERT INTO customer (customer_id, store_id, first_name, last_name, email, address_id, create_date) VALUES
  (1, 1, 'MARY', 'SMITH', 'MARY.SMITH@sakilacustomer.org', 3, '2006-02-14 22:04:36'),
  (2, 1, 'PATRICIA', 'JOHNSON', 'PATRICIA.JOHNSON@sakilacustomer.org', 4, '2006-02-14 22:04:36'),
  (3, 2, 'LINDA', 'WILLIAMS', 'LINDA.WILLIAMS@sakilacustomer.org', 4, '2006-02-14 22:04:36');
SET foreign_key_checks = 1;
INSERT INTO language (language_id, name) VALUES (1, 'English');
INSERT INTO film (film_id, title, description, release_year, language_id, rental_rate, length, rating) VALUES
  (1, 'ACADEMY DINOSAUR', 'A Epic Drama of a Feminist And a Mad Scientist', 2006, 1, 0.99, 86, 'PG'),
  (2, 'ACE GOLDFINGER', 'A Astounding Epistle of a Database Administrator And a Explorer', 2006, 1, 4.99, 48, 'G'),
  (3, 'ADAPTATION HOLES', 'A Astounding Reflection of a Lumberjack And a Car', 2006, 1, 2.99, 50, 'R'),
  (4, 'AFFAIR PREJUDICE', 'A Fanciful Documentary of a Frisbee And a Lumberjack', 2006, 1, 2.99, 117, 'G');
INSERT INTO inventory (inventory_id, film_id, store_id) VALUES (1, 1, 1), (2, 2, 1), (3, 4, 2);
INSERT INTO rental (rental_id, rental_date, inventory_id, customer_id, return_date, staff_id) VALUES
  (1, '2005-05-24 22:53:30', 1, 1, '2005-05-26 22:04:30', 1),
  (2, '2005-05-24 22:54:33', 2, 2, '2005-05-28 19:40:33', 1),
  (3, '2005-05-24 23:03:39', 3, 3, NULL, 2);
INSERT INTO payment (payment_id, customer_id, staff_id, rental_id, amount, payment_date) VALUES
  (1, 1, 1, 1, 2.99, '2005-05-26 22:04:30'),
  (2, 2, 1, 2, 4.99, '2005-05-28 19:40:33'),
  (3, 3, 2, 3, 7.99, '2005-05-24 23:03:39');

-- ── what the older release did not have ──
DROP TRIGGER upd_film;
DROP TABLE film_text;
DROP VIEW staff_list;
DROP FUNCTION inventory_in_stock;
ALTER TABLE staff DROP COLUMN picture;
ALTER TABLE film DROP COLUMN replacement_cost;

-- ── what it had otherwise ──
ALTER TABLE film
  MODIFY title VARCHAR(100) NOT NULL,
  MODIFY rental_rate DECIMAL(3,2) NOT NULL DEFAULT 4.99,
  MODIFY rental_duration TINYINT UNSIGNED NOT NULL DEFAULT 7,
  MODIFY rating ENUM('G','PG','PG-13','R') DEFAULT 'PG',
  MODIFY special_features SET('Trailers','Commentaries') DEFAULT NULL AFTER length;
ALTER TABLE payment DROP FOREIGN KEY fk_payment_rental;
ALTER TABLE payment ADD CONSTRAINT fk_payment_rental FOREIGN KEY (rental_id) REFERENCES rental (rental_id) ON DELETE CASCADE;
ALTER TABLE actor CONVERT TO CHARACTER SET latin1;
ALTER TABLE rental MODIFY return_date TIMESTAMP NULL DEFAULT NULL;

-- ── what somebody did to it by hand ──
ALTER TABLE film DROP INDEX idx_title;
ALTER TABLE rental DROP INDEX rental_date;
ALTER TABLE customer
  DROP INDEX idx_last_name,
  ADD INDEX idx_last_name (last_name(10), first_name),
  MODIFY email VARCHAR(50) DEFAULT NULL COMMENT 'ask before you write' FIRST,
  ADD CONSTRAINT email_has_at CHECK (email LIKE '%@%');
ALTER TABLE inventory DROP FOREIGN KEY fk_inventory_store;
ALTER TABLE address ADD COLUMN legacy_code VARCHAR(10) DEFAULT NULL AFTER address2;
UPDATE address SET legacy_code = CONCAT('A', address_id);
ALTER TABLE film COMMENT = 'do not touch before the release';
CREATE TABLE import_2021 (line INT PRIMARY KEY, text TEXT NOT NULL);
INSERT INTO import_2021 VALUES (1, 'left over'), (2, 'from an import');
