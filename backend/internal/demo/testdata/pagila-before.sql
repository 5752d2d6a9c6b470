-- What made pagila's database in this demonstration: an older release of the same schema, some of it changed by hand
-- since, with rows in it. It is applied to a database that pagila.sql was loaded into.

-- ── rows, as pagila's own data has them ──
INSERT INTO public.country (country_id, country) VALUES (20, 'Canada'), (8, 'Australia');
INSERT INTO public.city (city_id, city, country_id) VALUES (300, 'Lethbridge', 20), (576, 'Woodridge', 8);
INSERT INTO public.address (address_id, address, district, city_id, postal_code, phone) VALUES
  (1, '47 MySakila Drive', 'Alberta', 300, '', ''),
  (2, '28 MySQL Boulevard', 'QLD', 576, '', ''),
  (3, '23 Workhaven Lane', 'Alberta', 300, '', '14033335568'),
  (4, '1411 Lillydale Drive', 'QLD', 576, '', '6172235589');
INSERT INTO public.store (store_id, manager_staff_id, address_id) VALUES (1, 1, 1), (2, 2, 2);
INSERT INTO public.staff (staff_id, first_name, last_name, address_id, email, store_id, username) VALUES
  (1, 'Mike', 'Hillyer', 3, 'Mike.Hillyer@sakilastaff.com', 1, 'Mike'),
  (2, 'Jon', 'Stephens', 4, 'Jon.Stephens@sakilastaff.com', 2, 'Jon');
INSERT INTO public.customer (customer_id, store_id, first_name, last_name, email, address_id) VALUES
  (1, 1, 'MARY', 'SMITH', 'MARY.SMITH@sakilacustomer.org', 3),
  (2, 1, 'PATRICIA', 'JOHNSON', 'PATRICIA.JOHNSON@sakilacustomer.org', 4),
  (3, 2, 'LINDA', 'WILLIAMS', 'LINDA.WILLIAMS@sakilacustomer.org', 4);
INSERT INTO public.language (language_id, name) VALUES (1, 'English');
INSERT INTO public.film (film_id, title, description, release_year, language_id, rental_rate, length, rating) VALUES
  (1, 'ACADEMY DINOSAUR', 'A Epic Drama of a Feminist And a Mad Scientist', 2006, 1, 0.99, 86, 'PG'),
  (2, 'ACE GOLDFINGER', 'A Astounding Epistle of a Database Administrator And a Explorer', 2006, 1, 4.99, 48, 'G'),
  (3, 'ADAPTATION HOLES', 'A Astounding Reflection of a Lumberjack And a Car', 2006, 1, 2.99, 50, 'R'),
  (4, 'AFFAIR PREJUDICE', 'A Fanciful Documentary of a Frisbee And a Lumberjack', 2006, 1, 2.99, 117, 'G');
INSERT INTO public.inventory (inventory_id, film_id, store_id) VALUES (1, 1, 1), (2, 2, 1), (3, 4, 2);
INSERT INTO public.rental (rental_id, rental_date, inventory_id, customer_id, return_date, staff_id) VALUES
  (1, '2022-01-24 21:53:30+00', 1, 1, '2022-01-26 22:04:30+00', 1),
  (2, '2022-02-14 22:54:33+00', 2, 2, '2022-02-18 19:40:33+00', 1),
  (3, '2022-03-02 23:03:39+00', 3, 3, NULL, 2);
INSERT INTO public.payment (payment_id, customer_id, staff_id, rental_id, amount, payment_date) VALUES
  (1, 1, 1, 1, 2.99, '2022-01-26 22:04:30+00'),
  (2, 2, 1, 2, 4.99, '2022-02-18 19:40:33+00'),
  (3, 3, 2, 3, 7.99, '2022-03-02 23:03:39+00');

-- ── what the older release did not have ──
DROP VIEW public.actor_info, public.film_list, public.nicer_but_slower_film_list;
DROP TABLE public.film_actor;
DROP TABLE public.payment_p2022_07;
ALTER TABLE public.staff DROP COLUMN picture;
ALTER TABLE public.customer DROP COLUMN active;
DROP FUNCTION public.last_day(timestamptz);
DROP TRIGGER last_updated ON public.inventory;

-- ── what it had otherwise ──
CREATE TYPE public.older_rating AS ENUM ('G', 'PG', 'PG-13', 'R');
ALTER TABLE public.film
  ALTER rating DROP DEFAULT,
  ALTER rating TYPE public.older_rating USING rating::text::public.older_rating,
  ALTER rating SET DEFAULT 'PG',
  ALTER title TYPE varchar(100),
  ALTER rental_rate TYPE numeric(3,2),
  ALTER rental_duration SET DEFAULT 7,
  ALTER description SET NOT NULL;
DROP TYPE public.mpaa_rating;
ALTER TYPE public.older_rating RENAME TO mpaa_rating;
ALTER DOMAIN public.year DROP CONSTRAINT year_check;
ALTER DOMAIN public.year ADD CONSTRAINT year_check CHECK (VALUE >= 1888);
CREATE VIEW public.film_list AS
  SELECT film_id AS fid, title, rental_rate AS price, length, rating FROM public.film;
ALTER TABLE public.film DROP CONSTRAINT film_language_id_fkey;
ALTER TABLE public.film ADD CONSTRAINT film_language_id_fkey FOREIGN KEY (language_id) REFERENCES public.language (language_id) ON DELETE CASCADE;
ALTER TABLE public.rental ALTER return_date SET DEFAULT now();
ALTER SEQUENCE public.film_film_id_seq INCREMENT BY 10 CACHE 20;
CREATE OR REPLACE FUNCTION public.inventory_held_by_customer(p_inventory_id integer) RETURNS integer LANGUAGE sql AS
  'SELECT customer_id FROM rental WHERE return_date IS NULL AND inventory_id = p_inventory_id';

-- ── what somebody did to it by hand ──
DROP INDEX public.idx_title;
DROP INDEX public.idx_last_name;
CREATE INDEX idx_last_name ON public.customer (lower(last_name), first_name) WHERE activebool;
ALTER TABLE public.inventory DROP CONSTRAINT inventory_store_id_fkey;
ALTER TABLE public.customer ADD CONSTRAINT email_has_at CHECK (email LIKE '%@%');
ALTER TABLE public.address ADD COLUMN legacy_code text;
UPDATE public.address SET legacy_code = 'A' || address_id;
COMMENT ON TABLE public.film IS 'do not touch before the release';
CREATE TABLE public.import_2021 (line integer PRIMARY KEY, text text NOT NULL);
INSERT INTO public.import_2021 VALUES (1, 'left over'), (2, 'from an import');
