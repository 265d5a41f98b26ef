SELECT id FROM orders WHERE created_at > now() - :days * interval '1 day'
SELECT id FROM orders WHERE created_at > now() - make_interval(days => :days)
SELECT id FROM orders WHERE created_at::date = :day
SELECT date_trunc('day', created_at) AS d, count(*), sum(total) FROM orders WHERE customer_id = :c GROUP BY d ORDER BY d
SELECT id, row_number() OVER (PARTITION BY customer_id ORDER BY created_at DESC) FROM orders WHERE customer_id = :c
SELECT id FROM orders WHERE (created_at, id) < (:at, :id) ORDER BY created_at DESC, id DESC LIMIT :n
SELECT id FROM orders WHERE :status::order_status IS NULL OR status = :status::order_status
SELECT id FROM orders WHERE tags && :tags
SELECT id FROM orders WHERE tags @> ARRAY[:tag]
SELECT id FROM orders WHERE tags @> ARRAY[:tag]::text[]
SELECT id FROM orders WHERE :tag = ANY(tags)
SELECT id FROM orders WHERE id = ANY(:ids)
SELECT id FROM orders WHERE id = ANY(:ids::uuid[])
SELECT id FROM orders WHERE payload @> :filter
SELECT id FROM orders WHERE payload @> jsonb_build_object('a', :v::text)
SELECT id FROM orders WHERE payload->>'kind' = :kind AND (payload->>'n')::int > :n
SELECT id FROM orders WHERE payload ? :key
SELECT payload->'a'->0->>'b', payload#>>'{a,b}' FROM orders WHERE id = :id
SELECT coalesce(note, 'none'), nullif(total, 0), greatest(total, 10, :min) FROM orders WHERE id = :id
SELECT CASE WHEN total > 100 THEN 'big' WHEN total > :x THEN 'mid' ELSE note END FROM orders WHERE id = :id
SELECT to_char(created_at, 'YYYY-MM'), extract(epoch from created_at), age(created_at) FROM orders WHERE id = :id
SELECT total * 1.2, total / 3, round(total, 2), round(total * :rate, 2), ceil(total)::int FROM orders WHERE id = :id
SELECT string_agg(note, ', ' ORDER BY created_at), array_agg(id), jsonb_agg(payload), bool_or(paid) FROM orders WHERE customer_id = :c
SELECT count(*) FILTER (WHERE paid), avg(total), percentile_cont(0.5) WITHIN GROUP (ORDER BY total) FROM orders WHERE customer_id = :c
SELECT o.id, l.sum FROM orders o CROSS JOIN LATERAL (SELECT sum(qty * price) AS sum FROM lines l WHERE l.order_id = o.id) l WHERE o.id = :id
SELECT id FROM orders WHERE status IN ('open', 'paid') AND customer_id = :c
SELECT id FROM orders WHERE status = 'open'::order_status AND customer_id IN (SELECT id FROM customer WHERE email = lower(:email))
SELECT id FROM orders WHERE note LIKE :prefix || '%'
SELECT id FROM orders WHERE note ~* :re
SELECT id FROM orders WHERE to_tsvector('english', note) @@ plainto_tsquery('english', :q)
SELECT id FROM orders WHERE created_at BETWEEN :from AND :to AND total BETWEEN :lo AND :hi
SELECT id FROM orders WHERE created_at >= :from::timestamptz AND created_at < :from::timestamptz + interval '1 month'
SELECT id FROM orders WHERE created_at >= date_trunc('month', :day::date)
INSERT INTO orders (id, customer_id, status, total, note, tags, payload) VALUES (:id, :c, 'open', :total, :note, '{}', '{"a": 1}') ON CONFLICT (id) DO UPDATE SET total = excluded.total, note = coalesce(excluded.note, orders.note) WHERE orders.paid = false RETURNING id, total
INSERT INTO orders (id, customer_id, status, total, created_at) SELECT gen_random_uuid(), c.id, 'open', 0, now() FROM customer c WHERE c.email = :email
INSERT INTO lines (order_id, no, qty, price) SELECT :order, n, 1, 2.5 FROM generate_series(1, :count) n
INSERT INTO lines (order_id, no, qty, price) VALUES (:o, 1, :q1, :p1), (:o, 2, :q2, :p2)
UPDATE orders SET status = CASE WHEN :ok THEN 'paid'::order_status ELSE status END WHERE id = :id
UPDATE orders SET payload = payload || :patch, tags = array_append(tags, :tag) WHERE id = :id
UPDATE orders SET payload = jsonb_set(payload, '{a}', to_jsonb(:v::int)) WHERE id = :id
UPDATE orders o SET total = s.t FROM (SELECT order_id, sum(qty * price) AS t FROM lines GROUP BY order_id) s WHERE s.order_id = o.id AND o.id = :id
UPDATE customer SET seen = now(), visits = visits + 1 WHERE id = :id RETURNING visits
UPDATE customer SET (name, email) = (:name, :email) WHERE id = :id
DELETE FROM orders USING customer c WHERE c.id = orders.customer_id AND c.email = :email AND orders.created_at < now() - '90 days'::interval
WITH recent AS (SELECT id, customer_id FROM orders WHERE customer_id = :c ORDER BY created_at DESC LIMIT 10) SELECT r.id, c.name FROM recent r JOIN customer c ON c.id = r.customer_id
WITH moved AS (DELETE FROM lines WHERE order_id = :o RETURNING order_id, qty) SELECT order_id, sum(qty) FROM moved GROUP BY order_id
SELECT id FROM customer WHERE ip <<= :net AND ip = '10.0.0.1'
SELECT id FROM customer WHERE born > '1990-01-01' AND born < current_date - 365 * :years
SELECT id FROM customer WHERE extract(year from born) = :year
SELECT id FROM customer WHERE age_range @> :age AND id = :id
SELECT id FROM customer WHERE id::text LIKE :p
SELECT id, visits::float / nullif(:total, 0) FROM customer WHERE id = :id
SELECT id FROM customer WHERE visits % 10 = :shard AND hashtext(email) & 7 = :slot
SELECT id FROM customer ORDER BY random() LIMIT greatest(:n, 1)
SELECT EXISTS (SELECT 1 FROM orders WHERE customer_id = :c AND total > :t)
SELECT (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) > :n FROM customer c WHERE id = :id
SELECT id FROM customer WHERE email = :email OR name = :email
SELECT id FROM customer WHERE visits = :n OR id = :n
SELECT id FROM customer WHERE name = :s::varchar AND email = :s
SELECT * FROM unnest(:ids::int[], :names::text[]) AS t(id, name)
SELECT id FROM customer WHERE id IN (SELECT unnest(:ids::int[]))
SELECT id FROM customer WHERE (:flag OR visits > 3) AND id = :id
SELECT id FROM customer WHERE CASE WHEN :all THEN true ELSE visits > :v END
SELECT id FROM customer WHERE name COLLATE "C" < :n
SELECT id FROM customer WHERE seen AT TIME ZONE 'UTC' > :ts
SELECT id FROM customer WHERE name IS DISTINCT FROM :n AND visits IS NOT NULL
SELECT max(seen) - min(seen), sum(visits) / count(*) FROM customer WHERE visits > :v
SELECT pg_advisory_xact_lock(:k)
SELECT name || ' <' || email || '>' || visits FROM customer WHERE id = :id
SELECT md5(name), length(name), substring(name from 1 for :n), left(name, :m), position(:p in name), trim(both ' ' from name) FROM customer WHERE id = :id
SELECT generate_series(:a::int, :b::int)
SELECT id FROM customer WHERE visits > ALL (SELECT visits FROM customer WHERE name = :n)
VALUES (1, 'a'), (2, :b)
SELECT id FROM customer WHERE row(id, name) = row(:a, :b)
SELECT id FROM orders WHERE id = :id FOR UPDATE SKIP LOCKED
SELECT id FROM orders WHERE total > :t * 100 AND total < :t + 5
SELECT id FROM orders WHERE created_at > :t AND created_at < :t + interval '1 day'
SELECT id FROM orders WHERE created_at > to_timestamp(:epoch)
SELECT id FROM orders WHERE paid IS TRUE AND paid = :p AND NOT paid
SELECT array_length(tags, 1), cardinality(tags), tags[1], tags[1:2] FROM orders WHERE id = :id
SELECT id FROM orders WHERE array_position(tags, :t) IS NOT NULL
MERGE INTO orders o USING (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id) c ON o.customer_id = c.customer_id AND o.id = :id WHEN MATCHED AND c.n > 3 THEN UPDATE SET (total, paid) = (o.total + 1, true), note = 'n' || c.n WHEN MATCHED THEN DELETE
MERGE INTO customer USING (VALUES (1, 'a'), (2, 'b')) AS v (id, name) ON customer.id = v.id WHEN MATCHED THEN UPDATE SET name = v.name, visits = DEFAULT WHEN NOT MATCHED AND v.id > :least THEN INSERT (id, name, email) VALUES (v.id, name, :email) WHEN NOT MATCHED THEN DO NOTHING
MERGE INTO customer AS c USING orders AS o ON c.id = o.customer_id WHEN NOT MATCHED BY SOURCE AND seen < now() - interval '1 year' THEN DELETE WHEN NOT MATCHED BY TARGET THEN DO NOTHING WHEN MATCHED THEN DO NOTHING RETURNING merge_action(), c.id, o.total
WITH paid AS (SELECT customer_id FROM orders WHERE paid) MERGE INTO ONLY customer c USING paid p ON p.customer_id = c.id WHEN MATCHED AND CASE WHEN c.visits > 1 THEN true ELSE false END THEN UPDATE SET visits = c.visits + 1 RETURNING new.visits, old.visits
MERGE INTO customer c USING (SELECT :id::int AS id, :name::text AS name) s ON c.id = s.id WHEN NOT MATCHED THEN INSERT (id, name, email) OVERRIDING SYSTEM VALUE VALUES (s.id, s.name, s.name) WHEN MATCHED THEN UPDATE SET (name, visits) = (SELECT s.name, max(visits) FROM customer)
UPDATE customer SET visits = visits + 1 WHERE id = :id RETURNING old.visits, new.visits
SELECT id FROM customer WHERE (name = :name OR :name IS NULL) AND (:since::timestamptz IS NULL OR seen > :since) AND (visits > :least OR :least IS NULL) AND id = :id
