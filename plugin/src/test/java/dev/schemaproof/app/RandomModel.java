package dev.schemaproof.app;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Makes models at random that use the whole language of relational stores, with the words and combinations that are
 * likeliest to be refused. Many are no valid models; those that pass the checks have to be accepted by the database.
 *
 * <p>A model is a tree of maps, lists and texts: its JSON is YAML.
 */
final class RandomModel {

    private static final PostgresDialect DIALECT = new PostgresDialect();

    /**
     * A type, with SQL that may stand for one of its values.
     *
     * @param written as the model writes it; a map for a native type
     * @param values expressions of the type; the first is a literal
     */
    record Kind(Object written, List<String> values) {

        static Kind of(String written, String... values) {
            return new Kind(written, List.of(values));
        }

        static Kind natively(String written, String... values) {
            return new Kind(Map.of("native", written), List.of(values));
        }
    }

    private static final List<Kind> KINDS = List.of(
            Kind.of("text", "'a'", "'it''s'", "''", "'x' || 'y'", "current_user", "E'\\n'", "$$b$$"),
            Kind.of("string(5)", "'a'", "'abcde'", "'ab'::varchar", "lower('AB')"),
            Kind.of("char(3)", "'abc'", "' '"),
            Kind.of("uuid", "'00000000-0000-0000-0000-000000000000'", "gen_random_uuid()"),
            Kind.of("smallint", "0", "-1", "32767", "'5'", "1 + 1"),
            Kind.of("int", "0", "-1", "2147483647", "'5'", "length('abc')", "(3)::int"),
            Kind.of("bigint", "0", "9223372036854775807", "'5'", "extract(epoch from now())::bigint"),
            Kind.of("decimal(6,2)", "0", "9999.99", "-1.5", "'3.14'", "1e2"),
            Kind.of("decimal(3)", "0", "999", "round(1.5)"),
            Kind.of("float", "0", "1.5", "'NaN'", "'infinity'"),
            Kind.of("double", "0", "1e300", "random()", "pi()"),
            Kind.of("boolean", "false", "true", "'yes'", "1 = 1", "not true", "null"),
            Kind.of("date", "'2026-01-01'", "current_date", "'today'::date", "now()::date", "date '2026-02-28'"),
            Kind.of("time", "'12:00'", "localtime", "current_time::time"),
            Kind.of("timestamp", "'2026-01-01 12:00'", "localtimestamp", "now()::timestamp"),
            Kind.of("timestamptz", "'2026-01-01 12:00Z'", "now()", "now() + interval '1 day'", "'infinity'"),
            Kind.of("interval", "'1 day'", "interval '1 hour'", "make_interval(days => 3)"),
            Kind.of("json", "'{}'", "'[1, 2]'::jsonb", "jsonb_build_object('a', 1)"),
            Kind.of("bytes", "'\\xdead'", "decode('00', 'hex')"),
            Kind.of("inet", "'10.0.0.1'", "'::1'::inet"),
            Kind.of("text[]", "'{}'", "ARRAY['a']", "array[]::text[]"),
            Kind.of("array(int)", "'{1,2}'", "ARRAY[1, 2]", "'{}'"),
            Kind.of("uuid[][]", "'{}'"),
            Kind.natively("tstzrange", "'empty'", "tstzrange(now(), null)"),
            Kind.natively("int4range", "'[1,5)'", "int4range(1, 5)"),
            Kind.natively("point", "'(1,2)'", "point(1, 2)"),
            Kind.natively("json", "'{}'", "'{}'::json"),
            Kind.natively("tsvector", "''", "to_tsvector('simple', 'a b')"),
            Kind.natively("bit(3)", "B'101'"),
            Kind.natively("money", "'1.00'", "1::money"),
            Kind.natively("macaddr", "'08:00:2b:01:02:03'"),
            Kind.natively("xml", "'<a/>'"),
            Kind.natively("name", "'a'"),
            Kind.natively("citext", "'a'"));

    private static final List<String> NAMES = List.of(
            "id",
            "name",
            "user",
            "order",
            "group",
            "select",
            "Customer",
            "created_at",
            "CamelCase",
            "naïve",
            "данные",
            "表",
            "with space",
            "with\"quote",
            "with'quote",
            "dollar$sign",
            "$1",
            "a.b",
            "semi;colon",
            "dash--dash",
            "per%cent",
            "back\\slash",
            "${brace}",
            "x",
            "y",
            "z",
            "type",
            "value",
            "key",
            "end",
            "a".repeat(63),
            "long_".repeat(12),
            "é".repeat(31),
            "status",
            "amount",
            "parent_id",
            "left",
            "default",
            "table",
            "timestamp",
            "int");

    /** Names of types can't be quoted in the language. */
    private static final List<String> TYPE_NAMES = List.of(
            "status", "CamelCase", "данные", "user", "order", "left", "select", "mood", "email", "Größe", "text");

    private static final List<String> COLLATIONS = List.of("C", "POSIX", "default", "en-x-icu", "pg_catalog.C");

    private static final List<String> CLASSES = List.of(
            "text_pattern_ops",
            "varchar_pattern_ops",
            "int4_ops",
            "jsonb_path_ops",
            "inet_ops",
            "array_ops",
            "text_ops",
            "uuid_minmax_multi_ops",
            "timestamptz_minmax_ops",
            "int8_bloom_ops",
            "gin_trgm_ops",
            "gist_trgm_ops(siglen=32)",
            "range_ops");

    private static final List<String> OPERATORS = List.of("=", "<>", "&&", "<", "@>", "-|-");

    private final Random random;

    /** How much of the language this model uses: few models that use all of it at once are valid. */
    private final double daring;

    private final List<String> schemas = new ArrayList<>();
    private final List<String> roles = new ArrayList<>();
    private final Map<String, Kind> named = new LinkedHashMap<>();

    /** What has been decided about an entity that others refer to. */
    record Table(String name, Map<String, Kind> columns, List<List<String>> keys) {}

    private final Map<String, Table> tables = new LinkedHashMap<>();

    private RandomModel(long seed) {
        // The first numbers of neighbouring seeds are much the same
        random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
        daring = List.of(0.1, 0.25, 0.5, 1.0).get(random.nextInt(4));
    }

    /** The model of a seed, always the same. */
    static Map<String, Object> of(long seed) {
        return new RandomModel(seed).model();
    }

    private Map<String, Object> model() {
        var model = new LinkedHashMap<String, Object>();
        model.put("schema", "random");
        var store = new LinkedHashMap<String, Object>();
        store.put("engine", "postgresql");
        store.put("version", "18");
        if (sometimes(0.3)) {
            distinct(1 + random.nextInt(2)).forEach(schemas::add);
        }
        if (sometimes(0.3)) {
            distinct(1 + random.nextInt(2)).forEach(roles::add);
            store.put("roles", mapOf(roles, this::role));
        }
        if (!schemas.isEmpty()) {
            store.put("schemas", mapOf(schemas, name -> schema()));
        }
        if (sometimes(0.3)) {
            var extensions = new LinkedHashSet<String>();
            for (var i = 0; i <= random.nextInt(3); i++) {
                extensions.add(pick(List.of("citext", "btree_gist", "btree_gin", "pg_trgm")));
            }
            store.put(
                    "extensions",
                    sometimes(0.7) ? new ArrayList<>(extensions) : mapOf(extensions, name -> extension()));
        }
        if (sometimes(0.2)) {
            store.put("sequences", mapOf(distinct(1), name -> sequence()));
        }
        model.put("stores", new LinkedHashMap<>(Map.of("main", store)));
        if (sometimes(0.5)) {
            model.put("types", mapOf(some(TYPE_NAMES, 3), this::type));
        }
        var entities = mapOf(
                IntStream.rangeClosed(1, 1 + random.nextInt(4))
                        .mapToObj(n -> "E" + n)
                        .toList(),
                this::entity);
        model.put("entities", entities);
        owned(store);
        if (sometimes(0.4 * daring)) {
            new RandomContracts(this).addTo(model, entities);
        }
        return model;
    }

    private Map<String, Object> schema() {
        var schema = new LinkedHashMap<String, Object>();
        if (!roles.isEmpty()) {
            maybe(schema, 0.3, "grants", () -> Map.of(grantee(), pick(List.of("usage", "create", "all"))));
        }
        return described(schema);
    }

    private Map<String, Object> role(String name) {
        var role = new LinkedHashMap<String, Object>();
        maybe(role, 0.2, "login", () -> "true");
        maybe(role, 0.2, "memberOf", () -> some(roles, 2));
        return described(role);
    }

    private Map<String, Object> extension() {
        var extension = new LinkedHashMap<String, Object>();
        inSchema(extension);
        maybe(extension, 0.1, "version", () -> pick(List.of("1.6", "1.7", "1.3", "1")));
        return extension;
    }

    /** Gives some sequences to columns, now that there are some. */
    private void owned(Map<String, Object> store) {
        if (store.get("sequences") instanceof Map<?, ?> sequences && sometimes(0.3)) {
            var table = pick(new ArrayList<>(tables.values()));
            var column = pick(new ArrayList<>(table.columns().keySet()));
            sequences.values().forEach(sequence -> putInto(sequence, "ownedBy", table.name() + "." + column));
        }
    }

    @SuppressWarnings("unchecked") // all maps of the tree have names for keys
    private static void putInto(Object map, String key, Object value) {
        ((Map<String, Object>) map).put(key, value);
    }

    private String grantee() {
        return sometimes(0.2) ? pick(List.of("public", "current_user")) : pick(roles);
    }

    private Map<String, Object> sequence() {
        var sequence = new LinkedHashMap<String, Object>();
        maybe(sequence, 0.3, "type", () -> pick(List.of("smallint", "int", "bigint")));
        options(sequence);
        inSchema(sequence);
        return described(sequence);
    }

    private void options(Map<String, Object> sequence) {
        maybe(sequence, 0.3, "start", () -> pick(List.of("1", "1000", "-5", "100000")));
        maybe(sequence, 0.3, "increment", () -> pick(List.of("1", "10", "-1", "0")));
        maybe(sequence, 0.2, "minimum", () -> pick(List.of("1", "-10", "100")));
        maybe(sequence, 0.2, "maximum", () -> pick(List.of("100", "30000", "5000000000")));
        maybe(sequence, 0.2, "cache", () -> pick(List.of("1", "20", "0")));
        maybe(sequence, 0.2, "cycle", () -> "true");
    }

    private Map<String, Object> type(String name) {
        var type = new LinkedHashMap<String, Object>();
        if (sometimes(0.5)) {
            var labels = new ArrayList<String>(distinct(1 + random.nextInt(3)));
            type.put("enum", labels);
            named.put(name, new Kind(name, labels.stream().map(DIALECT::literal).toList()));
        } else {
            var base = kind();
            type.put("domain", base.written());
            maybe(
                    type,
                    0.3,
                    "check",
                    () -> pick(List.of(
                            "value is not null",
                            "value <> " + literal(base),
                            "length(value::text) > 0",
                            "value > 0",
                            "value ~ '@'")));
            maybe(type, 0.2, "checks", () -> Map.of(name(), check("value is not null")));
            maybe(type, 0.2, "default", () -> value(base));
            maybe(type, 0.2, "required", () -> "true");
            maybe(type, 0.1, "collation", () -> pick(COLLATIONS));
            named.put(name, new Kind(name, base.values()));
        }
        inSchema(type);
        return described(type);
    }

    private Map<String, Object> entity(String name) {
        var entity = new LinkedHashMap<String, Object>();
        maybe(entity, 0.6, "table", this::name);
        inSchema(entity);
        var columns = new LinkedHashMap<String, Kind>();
        var attributes = new LinkedHashMap<String, Object>();
        for (var column : distinct(1 + random.nextInt(6))) {
            var kind = kind();
            columns.put(column, kind);
            attributes.put(column, attribute(column, kind, columns));
        }
        var names = new ArrayList<>(columns.keySet());
        entity.put("attributes", attributes);
        var keys = new ArrayList<List<String>>();
        if (sometimes(0.95)) {
            var on = some(names, 2);
            keys.add(on);
            on.forEach(attribute -> attributes.computeIfPresent(attribute, (key, value) -> required(value)));
            entity.put("key", sometimes(0.7) ? on : keyed(on, names, false));
        }
        maybe(entity, 0.4, "unique", () -> {
            if (sometimes(0.5)) {
                var on = some(names, 2);
                keys.add(on);
                return List.of(sometimes(0.7) ? on : unnamed(on, names, columns));
            }
            return mapOf(distinct(1 + random.nextInt(2)), unique -> {
                var on = some(names, 2);
                keys.add(on);
                var key = keyed(on, names, true);
                maybe(key, 0.1, "where", () -> condition(columns));
                return key;
            });
        });
        tables.put(name, new Table(name, columns, keys));
        maybe(entity, 0.5, "references", () -> references(columns, attributes));
        maybe(entity, 0.3, "checks", () -> mapOf(distinct(1 + random.nextInt(2)), check -> check(condition(columns))));
        maybe(entity, 0.5, "indexes", () -> mapOf(distinct(1 + random.nextInt(2)), index -> index(columns)));
        maybe(entity, 0.15, "exclusions", () -> mapOf(distinct(1), exclusion -> exclusion(columns)));
        maybe(entity, 0.2, "partition", () -> partitioning(columns, 2));
        maybe(entity, 0.1, "unlogged", () -> "true");
        maybe(entity, 0.2, "storage", this::storage);
        if (!roles.isEmpty()) {
            maybe(entity, 0.3, "grants", () -> mapOf(some(List.of(grantee(), grantee()), 2), role -> grants(columns)));
        }
        maybe(entity, 0.15, "rowSecurity", () -> rowSecurity(columns));
        maybe(entity, 0.1, "rows", () -> pick(List.of("10", "5k", "2.5M")));
        return described(entity);
    }

    private Object check(String condition) {
        if (sometimes(0.7)) {
            return condition;
        }
        var check = new LinkedHashMap<String, Object>();
        check.put("condition", condition);
        maybe(check, 0.3, "noInherit", () -> "true");
        return described(check);
    }

    private Map<String, Object> unnamed(List<String> on, List<String> names, Map<String, Kind> columns) {
        var key = keyed(on, names, true);
        maybe(key, 0.3, "name", this::name);
        maybe(key, 0.3, "where", () -> condition(columns));
        return key;
    }

    private Object grants(Map<String, Kind> columns) {
        var privileges =
                List.of("select", "insert", "update", "delete", "truncate", "references", "trigger", "maintain", "all");
        var granted = new ArrayList<String>();
        for (var i = 0; i <= random.nextInt(3); i++) {
            var plain = columns.keySet().stream()
                    .filter(column -> column.matches("[^\\s,()]+"))
                    .toList();
            granted.add(pick(privileges)
                    + (sometimes(0.4) && !plain.isEmpty() ? "(" + String.join(", ", some(plain, 2)) + ")" : ""));
        }
        return granted.size() == 1 ? granted.get(0) : granted;
    }

    private Object attribute(String name, Kind kind, Map<String, Kind> columns) {
        if (sometimes(0.3) && kind.written() instanceof String text) {
            return sometimes(0.3) ? text + " null" : text;
        }
        var attribute = new LinkedHashMap<String, Object>();
        if (kind.written() instanceof Map<?, ?> nativeType && sometimes(0.5)) {
            attribute.put("native", nativeType.get("native"));
        } else {
            attribute.put("type", kind.written());
        }
        maybe(attribute, 0.3, "optional", () -> "true");
        maybe(attribute, 0.3, "default", () -> sometimes(0.1) ? value(kind()) : value(kind));
        maybe(attribute, 0.1, "identity", () -> {
            if (sometimes(0.5)) {
                return pick(List.of("always", "by-default", "serial"));
            }
            var identity = new LinkedHashMap<String, Object>();
            identity.put("generated", pick(List.of("always", "by-default", "serial")));
            options(identity);
            return identity;
        });
        maybe(attribute, 0.1, "generated", () -> {
            var source = pick(new ArrayList<>(columns.keySet()));
            var text = pick(
                    List.of(quoted(source), value(kind), quoted(source) + "::text", "upper(" + quoted(source) + ")"));
            return sometimes(0.7) ? text : Map.of("expression", text, "virtual", "true");
        });
        maybe(attribute, 0.1, "collation", () -> pick(COLLATIONS));
        maybe(attribute, 0.1, "check", () -> condition(Map.of(name, kind)));
        maybe(attribute, 0.02, "column", this::name);
        maybe(attribute, 0.1, "personal", () -> "true");
        maybe(
                attribute,
                0.05,
                "values",
                () -> pick(List.of(Map.of("distinct", "5"), Map.of("nulls", "30%"), Map.of("width", "12"))));
        return described(attribute);
    }

    /** The attribute, which is part of a key now. */
    private static Object required(Object attribute) {
        if (attribute instanceof String text) {
            return text.replace(" null", "");
        }
        if (attribute instanceof Map<?, ?> map) {
            map.remove("optional");
        }
        return attribute;
    }

    private Map<String, Object> keyed(List<String> on, List<String> names, boolean unique) {
        var key = new LinkedHashMap<String, Object>();
        key.put("on", on);
        maybe(key, 0.2, "include", () -> some(names, 1));
        maybe(key, 0.2, "deferrable", () -> pick(List.of("true", "initially-deferred")));
        maybe(key, 0.2, "storage", this::storage);
        if (unique) {
            maybe(key, 0.3, "nullsNotDistinct", () -> "true");
        } else {
            maybe(key, 0.3, "name", this::name);
        }
        return described(key);
    }

    private Map<String, Object> references(Map<String, Kind> columns, Map<String, Object> attributes) {
        return mapOf(distinct(1), role -> {
            var target = pick(new ArrayList<>(tables.values()));
            var reference = new LinkedHashMap<String, Object>();
            reference.put("entity", target.name());
            var key = target.keys().isEmpty()
                    ? some(new ArrayList<>(target.columns().keySet()), 1)
                    : pick(target.keys());
            var own = new ArrayList<String>();
            for (var referred : key) {
                var kind = target.columns().get(referred);
                var fitting = columns.entrySet().stream()
                        .filter(column -> column.getValue().equals(kind))
                        .map(Map.Entry::getKey)
                        .toList();
                if (sometimes(0.9) && (fitting.isEmpty() || sometimes(0.5))) {
                    var added = "ref" + columns.size();
                    columns.put(added, kind);
                    var attribute = new LinkedHashMap<String, Object>();
                    attribute.put("type", kind.written());
                    maybe(attribute, 0.5, "optional", () -> "true");
                    attributes.put(added, attribute);
                    own.add(added);
                } else {
                    own.add(fitting.isEmpty() ? pick(new ArrayList<>(columns.keySet())) : pick(fitting));
                }
            }
            reference.put("attributes", own);
            if (!target.keys().isEmpty() && !key.equals(target.keys().get(0)) || sometimes(0.2)) {
                reference.put("to", key);
            }
            var actions = List.of("restrict", "cascade", "set-null", "set-default", "no-action");
            maybe(
                    reference,
                    0.5,
                    "onDelete",
                    () -> sometimes(0.8)
                            ? pick(actions)
                            : Map.of(pick(List.of("set-null", "set-default")), some(own, 1)));
            maybe(reference, 0.3, "onUpdate", () -> pick(actions));
            maybe(reference, 0.2, "match", () -> pick(List.of("simple", "full")));
            maybe(reference, 0.2, "deferrable", () -> pick(List.of("true", "initially-deferred")));
            maybe(reference, 0.2, "name", this::name);
            maybe(reference, 0.1, "perParent", () -> "5");
            return described(reference);
        });
    }

    Map<String, Object> index(Map<String, Kind> columns) {
        var index = new LinkedHashMap<String, Object>();
        var parts = new ArrayList<String>();
        for (var i = 0; i <= random.nextInt(2); i++) {
            parts.add(part(columns, true));
        }
        index.put("on", parts);
        maybe(index, 0.4, "using", () -> pick(List.of("btree", "hash", "gin", "gist", "spgist", "brin")));
        maybe(index, 0.2, "unique", () -> "true");
        maybe(index, 0.1, "nullsNotDistinct", () -> "true");
        maybe(index, 0.2, "include", () -> some(new ArrayList<>(columns.keySet()), 2));
        maybe(index, 0.2, "where", () -> condition(columns));
        maybe(index, 0.2, "storage", this::storage);
        maybe(index, 0.1, "reason", () -> "because of `$x$` \n -- and more");
        return described(index);
    }

    private String part(Map<String, Kind> columns, boolean ordered) {
        var column = pick(new ArrayList<>(columns.keySet()));
        var text = new StringBuilder(
                sometimes(0.8)
                        ? column.matches("[\\p{L}_][\\p{L}\\p{N}_$]*") ? column : quoted(column)
                        : pick(List.of(
                                "lower(" + quoted(column) + ")",
                                "(" + quoted(column) + " || 'x')",
                                "(" + quoted(column) + "::text)",
                                "coalesce(" + quoted(column) + ", " + literal(columns.get(column)) + ")")));
        if (sometimes(0.1)) {
            var collation = pick(COLLATIONS);
            text.append(" collate ").append(collation.contains(".") ? collation : '"' + collation + '"');
        }
        if (sometimes(0.15)) {
            text.append(' ').append(pick(CLASSES));
        }
        if (ordered && sometimes(0.2)) {
            text.append(pick(List.of(" desc", " asc", " desc nulls last", " nulls first")));
        }
        return text.toString();
    }

    private Map<String, Object> exclusion(Map<String, Kind> columns) {
        var exclusion = new LinkedHashMap<String, Object>();
        var elements = new ArrayList<String>();
        for (var i = 0; i <= random.nextInt(2); i++) {
            elements.add(part(columns, false) + " with " + pick(OPERATORS));
        }
        exclusion.put("on", elements);
        maybe(exclusion, 0.4, "using", () -> pick(List.of("btree", "gist", "hash", "spgist")));
        maybe(exclusion, 0.2, "where", () -> condition(columns));
        maybe(exclusion, 0.2, "deferrable", () -> pick(List.of("true", "initially-deferred")));
        maybe(exclusion, 0.2, "include", () -> some(new ArrayList<>(columns.keySet()), 2));
        maybe(exclusion, 0.1, "storage", this::storage);
        return described(exclusion);
    }

    private Map<String, Object> partitioning(Map<String, Kind> columns, int depth) {
        var column = pick(new ArrayList<>(columns.keySet()));
        var kind = columns.get(column);
        var division = new LinkedHashMap<String, Object>();
        var by = pick(List.of("range", "list", "hash"));
        division.put("by", by);
        var on = new ArrayList<String>();
        on.add(sometimes(0.9) ? plainOrQuoted(column) : part(columns, false));
        var second = "range".equals(by) && sometimes(0.3 * daring) ? pick(new ArrayList<>(columns.keySet())) : "";
        if (!second.isEmpty()) {
            on.add(plainOrQuoted(second));
        }
        division.put("on", on);
        if ("hash".equals(by) && sometimes(0.5)) {
            division.put("partitions", String.valueOf(1 + random.nextInt(4)));
            return division;
        }
        var parts = new LinkedHashMap<String, Object>();
        var values = kind.values();
        var names = new ArrayList<>(distinct(1 + random.nextInt(3)));
        for (var i = 0; i < names.size(); i++) {
            var part = new LinkedHashMap<String, Object>();
            switch (by) {
                case "range" -> {
                    var from = i == 0 && sometimes(0.3) ? "minvalue" : values.get(0);
                    var to = sometimes(0.5) ? "maxvalue" : pick(values);
                    part.put("from", second.isEmpty() ? from : List.of(from, end(from, columns.get(second))));
                    part.put("to", second.isEmpty() ? to : List.of(to, end(to, columns.get(second))));
                }
                case "list" -> {
                    var in = new ArrayList<String>();
                    in.add(values.get(Math.min(i, values.size() - 1)));
                    if (sometimes(0.1)) {
                        in.add(sometimes(0.5) ? "null" : pick(values));
                    }
                    part.put("in", in);
                }
                default -> {
                    part.put("modulus", String.valueOf(names.size()));
                    part.put("remainder", String.valueOf(i));
                }
            }
            if (depth > 1 && sometimes(0.2)) {
                part.put("partition", partitioning(columns, depth - 1));
            }
            maybe(part, 0.1, "storage", this::storage);
            parts.put(names.get(i), sometimes("hash".equals(by) ? 0.02 : 0.15) ? "default" : described(part));
        }
        division.put("partitions", parts);
        return division;
    }

    /** What stands behind the first value of a bound. */
    private String end(String first, Kind kind) {
        return first.endsWith("value") ? first : sometimes(0.3) ? "maxvalue" : value(kind);
    }

    private Map<String, Object> rowSecurity(Map<String, Kind> columns) {
        var security = new LinkedHashMap<String, Object>();
        maybe(security, 0.3, "force", () -> "true");
        security.put("policies", mapOf(distinct(1 + random.nextInt(2)), name -> {
            var policy = new LinkedHashMap<String, Object>();
            maybe(policy, 0.6, "for", () -> pick(List.of("all", "select", "insert", "update", "delete")));
            maybe(policy, 0.5, "to", () -> roles.isEmpty() ? "public" : pick(roles));
            maybe(policy, 0.7, "using", () -> condition(columns));
            maybe(policy, 0.4, "check", () -> condition(columns));
            maybe(policy, 0.2, "restrictive", () -> "true");
            return described(policy);
        }));
        return security;
    }

    private String condition(Map<String, Kind> columns) {
        var column = pick(new ArrayList<>(columns.keySet()));
        var kind = columns.get(column);
        var name = quoted(column);
        return pick(List.of(
                name + " is not null",
                name + " = " + literal(kind),
                name + " <> " + value(kind),
                name + " in (" + literal(kind) + ")",
                "(" + name + " is null) or true",
                name + "::text <> '' -- why",
                "length(" + name + "::text) < 100",
                "coalesce(" + name + ", " + literal(kind) + ") is not null",
                "case when " + name + " is null then false else true end",
                name + " between " + literal(kind) + " and " + literal(kind),
                name + " > 0"));
    }

    private Map<String, Object> storage() {
        return Map.of(
                pick(List.of(
                        "fillfactor",
                        "fillfactor",
                        "autovacuum_enabled",
                        "deduplicate_items",
                        "pages_per_range",
                        "fastupdate")),
                pick(List.of("70", "100", "true", "off", "128")));
    }

    private void inSchema(Map<String, Object> element) {
        if (!schemas.isEmpty()) {
            maybe(element, 0.4, "schema", () -> pick(schemas));
        }
    }

    List<Table> tables() {
        return new ArrayList<>(tables.values());
    }

    Map<String, Object> described(Map<String, Object> element) {
        maybe(element, 0.05, "description", () -> "It's ${a}; $b$ -- \"c\"\n*/ D\\E");
        return element;
    }

    private Kind kind() {
        return !named.isEmpty() && sometimes(0.3) ? pick(new ArrayList<>(named.values())) : pick(KINDS);
    }

    private String value(Kind kind) {
        return pick(kind.values());
    }

    private static String literal(Kind kind) {
        return kind.values().get(0);
    }

    static String quoted(String column) {
        return DIALECT.identifier(column);
    }

    private static String plainOrQuoted(String column) {
        return column.matches("[\\p{L}_][\\p{L}\\p{N}_$]*") ? column : quoted(column);
    }

    String name() {
        return pick(NAMES);
    }

    private Set<String> distinct(int count) {
        var names = new LinkedHashSet<String>();
        while (names.size() < count) {
            names.add(name());
        }
        return names;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    List<String> some(List<String> from, int most) {
        var chosen = new LinkedHashSet<String>();
        for (var i = 0; i <= random.nextInt(most); i++) {
            chosen.add(pick(from));
        }
        return new ArrayList<>(chosen);
    }

    boolean sometimes(double share) {
        return random.nextDouble() < share;
    }

    void maybe(Map<String, Object> element, double share, String key, Supplier<Object> value) {
        if (sometimes(share * daring)) {
            element.put(key, value.get());
        }
    }

    private static Map<String, Object> mapOf(Iterable<String> names, Function<String, Object> value) {
        var map = new LinkedHashMap<String, Object>();
        names.forEach(name -> map.put(name, value.apply(name)));
        return map;
    }

    /** The model with one of its parts taken away, for each part that there is. */
    static List<Map<String, Object>> smaller(Map<String, Object> tree) {
        var all = new ArrayList<Map<String, Object>>();
        for (var key : tree.keySet()) {
            var rest = new LinkedHashMap<>(tree);
            rest.remove(key);
            all.add(rest);
        }
        tree.forEach((key, value) -> {
            for (var part : smallerValues(value)) {
                var changed = new LinkedHashMap<>(tree);
                changed.put(key, part);
                all.add(changed);
            }
        });
        return all;
    }

    @SuppressWarnings("unchecked") // all maps of the tree have names for keys
    private static List<?> smallerValues(Object value) {
        if (value instanceof Map<?, ?> map) {
            return smaller((Map<String, Object>) map);
        }
        var all = new ArrayList<Object>();
        if (value instanceof List<?> list) {
            for (var i = 0; i < list.size(); i++) {
                var rest = new ArrayList<Object>(list);
                rest.remove(i);
                all.add(rest);
                for (var part : smallerValues(list.get(i))) {
                    var changed = new ArrayList<Object>(list);
                    changed.set(i, part);
                    all.add(changed);
                }
            }
        }
        return all;
    }
}
