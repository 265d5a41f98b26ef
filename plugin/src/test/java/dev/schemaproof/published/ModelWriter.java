package dev.schemaproof.published;

import dev.schemaproof.dialect.postgresql.PostgresNames;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes of the facts of a database the model that a person would write of it: one file for each SQL schema, and a first. */
final class ModelWriter {

    static final String FIRST_FILE = "model.yaml";

    private static final String DEFAULT_SCHEMA = PostgresNames.DEFAULT_SCHEMA;

    private static final Pattern PARTITION = Pattern.compile("(\\S+) (FOR VALUES .*|DEFAULT)");

    private final String schemaName;
    private final List<Fact> facts;
    private final Comments comments;
    private final Map<List<String>, String> entities = new LinkedHashMap<>();
    private final ColumnWriter columns;

    private ModelWriter(String schemaName, List<Fact> facts) {
        this.schemaName = schemaName;
        this.facts = facts;
        comments = new Comments(of("comment").stream());
        nameEntities();
        columns = new ColumnWriter(facts.stream()
                .filter(fact -> fact.is("enum"))
                .map(Fact::subject)
                .toList());
    }

    /** The files of the model, by name. */
    static Map<String, String> files(String schemaName, CatalogFacts facts) {
        return new ModelWriter(schemaName, facts.lines().stream().map(Fact::of).toList()).files();
    }

    private List<Fact> of(String kind) {
        return facts.stream().filter(fact -> fact.is(kind)).toList();
    }

    /** An entity is named like its table, and like its SQL schema too where two have the same name. */
    private void nameEntities() {
        var taken = new HashSet<String>();
        for (var table : of("table")) {
            if (table.part("partition of").isEmpty()) {
                var name = camelCase(table.name());
                if (!taken.add(name)) {
                    name = camelCase(table.subject().get(0)) + name;
                    taken.add(name);
                }
                entities.put(table.subject(), name);
            }
        }
    }

    private static String camelCase(String name) {
        return Arrays.stream(name.split("_+"))
                .filter(word -> !word.isEmpty())
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    private Map<String, String> files() {
        var first = new LinkedHashMap<String, Object>();
        first.put("schema", schemaName);
        first.put("stores", Map.of("main", store()));
        var types = types();
        if (!types.isEmpty()) {
            first.put("types", types);
        }
        var files = new TreeMap<String, String>();
        var bySchema = new TreeMap<String, Map<String, Object>>();
        entities.forEach((table, entity) -> bySchema.computeIfAbsent(schema(table), any -> new LinkedHashMap<>())
                .put(entity, entity(table, entity)));
        files.put(FIRST_FILE, YamlText.of(first));
        bySchema.forEach((schema, tables) -> files.put(
                (DEFAULT_SCHEMA.equals(schema) ? "tables" : schema) + ".yaml",
                YamlText.of(Map.of("entities", tables))));
        return files;
    }

    private static String schema(List<String> name) {
        return name.size() > 1 ? name.get(0) : DEFAULT_SCHEMA;
    }

    private Map<String, Object> store() {
        var store = new LinkedHashMap<String, Object>();
        store.put("engine", "postgresql");
        store.put("version", "18");
        var schemas = of("schema").stream().map(Fact::name).toList();
        if (!schemas.isEmpty()) {
            store.put("schemas", schemas);
        }
        var extensions = of("extension").stream().map(Fact::name).toList();
        if (!extensions.isEmpty()) {
            store.put("extensions", extensions);
        }
        var sequences = new LinkedHashMap<String, Object>();
        for (var sequence : of("sequence")) {
            if (sequence.part("identity of").isEmpty() && !isSerial(sequence)) {
                var said = new LinkedHashMap<String, Object>();
                inSchema(sequence.subject(), said);
                if (!sequence.says("bigint")) {
                    said.put("type", columns.scalar(sequence.said().get(0)));
                }
                said.putAll(ColumnWriter.counting(sequence));
                sequence.part("owned by")
                        .map(SqlPieces::names)
                        .ifPresent(column -> said.put(
                                "ownedBy",
                                entities.get(column.subList(0, column.size() - 1)) + "."
                                        + column.get(column.size() - 1)));
                sequences.put(sequence.name(), said);
            }
        }
        if (!sequences.isEmpty()) {
            store.put("sequences", sequences);
        }
        return store;
    }

    /** Whether {@code identity: serial} says all of it. */
    private boolean isSerial(Fact sequence) {
        return sequence.part("owned by").map(SqlPieces::names).stream()
                .flatMap(column -> of("column", column).stream())
                .anyMatch(column -> isSerial(sequence, column));
    }

    private static boolean isSerial(Fact sequence, Fact column) {
        var table = column.owner().get(column.owner().size() - 1);
        return sequence.name().equals(PostgresNames.sequence(table, column.name()))
                && schema(sequence.subject()).equals(schema(column.owner()))
                && sequence.said().get(0).equals(column.said().get(1))
                && ColumnWriter.counting(sequence).isEmpty()
                && column.says("not null")
                && column.after("default")
                        .filter(value -> value.matches("nextval\\('.*'::regclass\\)"))
                        .filter(value -> SqlPieces.names(value.replaceAll("nextval\\('(.*)'::regclass\\)", "$1"))
                                .equals(sequence.subject()))
                        .isPresent();
    }

    private static void inSchema(List<String> name, Map<String, Object> said) {
        if (!DEFAULT_SCHEMA.equals(schema(name))) {
            said.put("schema", schema(name));
        }
    }

    private Map<String, Object> types() {
        var types = new LinkedHashMap<String, Object>();
        for (var type : of("enum")) {
            var said = new LinkedHashMap<String, Object>();
            inSchema(type.subject(), said);
            said.put(
                    "enum",
                    SqlPieces.elements(String.join(CatalogFacts.SEPARATOR, type.said())).stream()
                            .map(label -> label.substring(1, label.length() - 1).replace("''", "'"))
                            .toList());
            comments.describe("type", type.subject(), said);
            types.put(type.name(), said);
        }
        return types;
    }

    private Map<String, Object> entity(List<String> table, String entity) {
        var said = new LinkedHashMap<String, Object>();
        comments.describe("table", table, said);
        var name = table.get(table.size() - 1);
        inSchema(table, said);
        if (!snakeCase(entity).equals(name)) {
            said.put("table", name);
        }
        var fact = of("table", table).get(0);
        if (fact.says("unlogged")) {
            said.put("unlogged", "true");
        }
        var constraints = ConstraintWriter.of(name, facts, table, entities, comments);
        var attributes = new LinkedHashMap<String, Object>();
        var all = facts.stream()
                .filter(column -> column.is("column") && column.owner().equals(table))
                .sorted((a, b) -> Integer.compare(number(a), number(b)))
                .toList();
        for (var column : all) {
            var attribute = columns.attribute(column, numbering(column), constraints.columnCheck(column.name()));
            var described = new LinkedHashMap<String, Object>();
            comments.describe("table column", column.subject(), described);
            attributes.put(column.name(), ColumnWriter.shortened(attribute, described));
        }
        said.put("attributes", attributes);
        said.putAll(constraints.clauses());
        var indexes = indexes(table);
        if (!indexes.isEmpty()) {
            said.put("indexes", indexes);
        }
        fact.part("partition by").ifPresent(by -> said.put("partition", partition(by, table)));
        fact.part("with").ifPresent(parameters -> said.put("storage", IndexWriter.storage(parameters)));
        return said;
    }

    private static int number(Fact column) {
        return Integer.parseInt(column.said().get(0));
    }

    private List<Fact> of(String kind, List<String> subject) {
        return facts.stream()
                .filter(fact -> fact.is(kind) && fact.subject().equals(subject))
                .toList();
    }

    /** The sequence that numbers the column as its identity, or in the older way. */
    private Optional<Fact> numbering(Fact column) {
        return of("sequence").stream()
                .filter(sequence -> isSerial(sequence, column)
                        || sequence.part("identity of").map(SqlPieces::names).stream()
                                .anyMatch(column.subject()::equals))
                .findFirst();
    }

    private Map<String, Object> partition(String by, List<String> table) {
        var said = new LinkedHashMap<String, Object>();
        var open = by.indexOf('(');
        said.put("by", by.substring(0, open).strip().toLowerCase(Locale.ROOT));
        said.put("on", IndexWriter.parts(SqlPieces.inParentheses(by, open)));
        var partitions = new LinkedHashMap<String, Object>();
        for (var partition : of("table")) {
            partition
                    .part("partition of")
                    .map(PARTITION::matcher)
                    .filter(match ->
                            match.matches() && SqlPieces.names(match.group(1)).equals(table))
                    .ifPresent(match -> partitions.put(partition.name(), partition(partition, match.group(2))));
        }
        if (!partitions.isEmpty()) {
            said.put("partitions", partitions);
        }
        return said;
    }

    private Map<String, Object> partition(Fact table, String bound) {
        var said = new LinkedHashMap<String, Object>();
        if (!bound.startsWith("FOR VALUES IN ")) {
            throw new IllegalArgumentException(bound);
        }
        said.put("in", SqlPieces.elements(SqlPieces.inParentheses(bound, bound.indexOf('('))));
        return said;
    }

    private Map<String, Object> indexes(List<String> table) {
        var indexes = new LinkedHashMap<String, Object>();
        facts.stream()
                .filter(index -> index.is("index") && index.owner().equals(table))
                .forEach(index -> indexes.put(index.name(), IndexWriter.index(index)));
        return indexes;
    }

    /** As the language derives a table's name. */
    private static String snakeCase(String name) {
        return name.replaceAll("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})", "_")
                .toLowerCase(Locale.ROOT);
    }
}
