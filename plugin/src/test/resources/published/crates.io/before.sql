-- Stand-ins for what the tables use and the language does not make.
CREATE FUNCTION canon_crate_name(text) RETURNS text LANGUAGE sql IMMUTABLE RETURN $1;
CREATE FUNCTION canon_username(text) RETURNS text LANGUAGE sql IMMUTABLE RETURN $1;
CREATE FUNCTION random_string(integer) RETURNS text LANGUAGE sql VOLATILE RETURN $1::text;
