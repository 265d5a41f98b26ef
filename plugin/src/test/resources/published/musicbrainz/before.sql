-- Stand-ins for what the tables use and the language does not make.
CREATE EXTENSION cube;
CREATE EXTENSION earthdistance;
CREATE SCHEMA musicbrainz;
CREATE COLLATION musicbrainz.musicbrainz (provider = icu, locale = 'und');
CREATE FUNCTION musicbrainz.controlled_for_whitespace(text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN true;
CREATE FUNCTION musicbrainz.mb_simple_tsvector(text) RETURNS tsvector LANGUAGE sql IMMUTABLE
    RETURN to_tsvector('simple'::regconfig, $1);
CREATE FUNCTION musicbrainz.musicbrainz_unaccent(text) RETURNS text LANGUAGE sql IMMUTABLE RETURN $1;
CREATE FUNCTION musicbrainz.ll_to_earth(double precision, double precision) RETURNS earth LANGUAGE sql IMMUTABLE
    RETURN '(0, 0, 6378168)'::cube::earth;
