package dev.schemaproof.yaml;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Check;
import dev.schemaproof.model.Dependency;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.Grant;
import dev.schemaproof.model.Independence;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalTable;
import dev.schemaproof.model.RowSecurity;
import dev.schemaproof.model.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** An entity. */
final class EntityShape extends ObjectShape<Entity> {

    static final Shape<List<Located<String>>> NAMES = Shapes.oneOrMore(Scalars.LOCATED);

    /** Storage parameters; which there are is the database's business, and a rule's. */
    static final Shape<Map<String, Located<String>>> STORAGE = Shapes.named("storage parameters", Scalars.LOCATED);

    private final Key<String> description =
            optional("description", Scalars.TEXT, "What a row stands for", like("A person with a profile"));
    private final Key<Located<String>> table = optional(
            "table", Scalars.LOCATED, "Its table's name", otherwise("its own name in snake_case"), like("users"));
    private final Key<Located<String>> store = optional(
            "store", Scalars.LOCATED, "The store that holds it", otherwise("the relational one"), like("edge"));
    private final Key<Long> rows = optional(
            "rows", Scalars.COUNT_OF, "The expected number of rows", otherwise("judged as 1M"), like("10M", "500"));
    private final Key<Map<String, Attribute>> attributes = required(
            "attributes",
            Shapes.named("attributes", AttributeShape.EITHER),
            "Attributes by name: a type, or a mapping with `type`",
            like("{id: uuid, username: text, bio: text null}", "{price: {type: \"decimal(10,2)\", check: price > 0}}"));
    private final Key<Located<String>> sqlSchema = optional(
            "schema",
            Scalars.LOCATED,
            "The SQL schema of its table, one of the store's `schemas`",
            otherwise("the first on the search path"),
            like("billing"));
    private final Key<KeyShape.Keyed> key = optional(
            "key",
            KeyShape.PRIMARY,
            "The primary key's attributes, in order; or a mapping with `on`, to name the constraint and the like",
            like("id", "[follower_id, following_id]"));
    private final Key<KeyShape.Uniques> unique = optional(
            "unique",
            KeyShape.UNIQUES,
            "Further keys: a list of lists of attributes, or a map to name them; one with `where` becomes a unique index",
            like("[[username], [email]]", "{users_email_key: [email]}"));
    private final Key<Map<String, Reference>> references = optional(
            "references",
            Shapes.named("references", new ReferenceShape()),
            "References to other entities, by role",
            like("{author: {entity: User, onDelete: cascade}}"));
    private final Key<Map<String, Check>> checks = optional(
            "checks",
            Shapes.named("SQL conditions", CheckShape.EITHER),
            "SQL conditions on a row, by name",
            like("{no_self_follow: follower_id <> following_id}"));
    private final Key<Map<String, Exclusion>> exclusions = optional(
            "exclusions",
            Shapes.named("exclusion constraints", new ExclusionShape()),
            "Exclusion constraints, by name: no two rows for which all elements compare true",
            like("{no_overlap: {on: [room_id with =, during with &&]}}"));
    private final Key<Map<String, Index>> indexes = optional(
            "indexes",
            Shapes.named("indexes", new IndexShape()),
            "Secondary indexes, by name",
            like("{idx_posts_author: {on: [author_id, created_at desc]}}"));
    private final Key<List<Dependency>> dependencies = optional(
            "dependencies",
            Shapes.list(new DependencyShape()),
            "Functional dependencies beyond the keys; multivalued ones with `->>`",
            like("[\"zip_code -> city, state\"]", "[\"course ->> teacher\"]"));
    private final Key<List<Independence>> independent = optional(
            "independent",
            Shapes.list(new IndependenceShape()),
            "Suspected dependencies or derivations that the team refutes, each with a reason",
            like("[{of: \"zip_code -> city\", reason: a zip code here spans cities}]"));

    private final Key<Partitioning> partition = optional(
            "partition",
            new PartitioningShape(),
            "How its table is divided",
            otherwise("not at all"),
            like("{by: hash, on: [id], partitions: 8}"));
    private final Key<Boolean> unlogged = optional(
            "unlogged", Scalars.TRUTH, "Whether its table is lost in a crash and faster to write", byDefault("false"));
    private final Key<Map<String, Located<String>>> storage =
            optional("storage", STORAGE, "Storage parameters of its table", like("{fillfactor: 80}"));
    private final Key<List<Grant>> grants =
            optional("grants", GrantShape.GRANTS, "What roles may do with its table", like("{app: [select, insert]}"));
    private final Key<RowSecurity> rowSecurity = optional(
            "rowSecurity",
            new RowSecurityShape(),
            "Row-level security: who may do what with which rows",
            like("{policies: {own_rows: {using: owner = current_user}}}"));

    EntityShape() {
        super("entity", "an entity", "{rows: 10M, attributes: {id: uuid, username: text}, key: [id]}");
        aside(description, unlogged, storage, grants, rowSecurity);
        later("renamedFrom", "the entity's former name, for migrations");
        later("splitFrom", "the entity it was a part of, for migrations");
        later("mergedFrom", "the entities it is made of, for migrations");
    }

    @Override
    Optional<Entity> build(Fields fields, Reading reading) {
        var tableName = fields.get(table)
                .orElseGet(() -> new Located<>(
                        RelationalTable.nameFor(fields.name().value()),
                        fields.name().at()));
        var called = fields.get(attributes, Map.of());
        var primary = fields.get(key).orElseGet(KeyShape.Keyed::none);
        var further = fields.get(unique).orElseGet(KeyShape.Uniques::none);
        return Optional.of(new Entity(
                fields.name(),
                fields.get(description),
                new RelationalTable(
                        tableName,
                        fields.get(sqlSchema),
                        primary.name(),
                        primary.design(),
                        fields.get(partition)
                                .map(division -> PartitioningShape.named(division, tableName, called.keySet())),
                        exclusions(fields.get(exclusions, Map.of()), called.keySet()),
                        fields.get(unlogged, false),
                        fields.get(storage, Map.of()),
                        fields.get(grants, List.of()),
                        fields.get(rowSecurity)),
                fields.get(store),
                fields.get(rows).map(OptionalLong::of).orElseGet(OptionalLong::empty),
                called,
                primary.attributes(),
                further.keys(),
                fields.get(references, Map.of()),
                fields.get(checks, Map.of()),
                indexes(allIndexes(fields, further, reading), called.keySet()),
                fields.get(dependencies, List.of()),
                fields.get(independent, List.of()),
                fields.sound()));
    }

    private static Map<String, Index> indexes(Map<String, Index> written, Set<String> attributes) {
        var resolved = new LinkedHashMap<String, Index>();
        written.forEach((name, index) -> resolved.put(
                name,
                index.withParts(index.on().stream()
                        .map(part -> IndexPartText.amongst(attributes, part))
                        .toList())));
        return resolved;
    }

    private static Map<String, Exclusion> exclusions(Map<String, Exclusion> written, Set<String> attributes) {
        var resolved = new LinkedHashMap<String, Exclusion>();
        written.forEach((name, exclusion) -> resolved.put(
                name,
                exclusion.withElements(exclusion.elements().stream()
                        .map(element -> new Exclusion.Element(
                                IndexPartText.amongst(attributes, element.part()), element.operator()))
                        .toList())));
        return resolved;
    }

    /** The declared indexes, and those that partial keys come to. */
    private Map<String, Index> allIndexes(Fields fields, KeyShape.Uniques further, Reading reading) {
        var all = new LinkedHashMap<>(fields.get(indexes, Map.of()));
        for (var index : further.partial()) {
            var earlier = all.putIfAbsent(index.name().value(), index);
            if (earlier != null) {
                reading.report(Flaw.DUPLICATE_NAME
                        .at(index.name().at(), reading.subject(), "the index `" + index.name() + "` is declared twice")
                        .withHelp("a unique key with `where` becomes an index: rename one of the two")
                        .withRelated(earlier.name().at(), "first declared here"));
            }
        }
        return all;
    }

    private static final Pattern ARROW = Pattern.compile("(.*?)(->>?)(.*)", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[^\\s,]+");
    private static final String EXPECTED =
            "write what determines, an arrow, and what is determined: `zip_code -> city, state`";

    private static final class DependencyShape implements Shape<Dependency> {

        private final Shape<SourceText> text = Scalars.SOURCE;

        @Override
        public Optional<Dependency> read(Spot spot, Reading reading) {
            return text.read(spot, reading).flatMap(source -> parse(source, reading));
        }

        private static Optional<Dependency> parse(SourceText source, Reading reading) {
            var match = ARROW.matcher(source.value());
            if (match.matches()) {
                var determinant = names(source, match.start(1), match.end(1));
                var dependent = names(source, match.start(3), match.end(3));
                if (!determinant.isEmpty() && !dependent.isEmpty()) {
                    return Optional.of(
                            new Dependency(determinant, dependent, "->>".equals(match.group(2)), source.at()));
                }
            }
            reading.report(Flaw.MALFORMED_VALUE, source.at(), "`" + source.value() + "` is no dependency", EXPECTED);
            return Optional.empty();
        }

        private static List<Located<String>> names(SourceText source, int begin, int end) {
            var names = new ArrayList<Located<String>>();
            var match = NAME.matcher(source.value()).region(begin, end);
            while (match.find()) {
                names.add(new Located<>(match.group(), source.locate(match.start(), match.end())));
            }
            return names;
        }

        @Override
        public Map<String, Object> schema(Definitions definitions) {
            var schema = new LinkedHashMap<String, Object>();
            schema.put("title", "a dependency such as zip_code -> city");
            schema.put("type", "string");
            schema.put("pattern", "^[^>]+->>?.+$");
            return schema;
        }
    }

    private static final class IndependenceShape extends ObjectShape<Independence> {

        private final Key<Located<String>> of = required(
                "of",
                Scalars.LOCATED,
                "What is refuted: a dependency such as `zip_code -> city`, or an attribute",
                like("zip_code -> city", "retry_count"));
        private final Key<Located<String>> reason =
                required("reason", Scalars.REASON, "Why it is none", like("a zip code here spans cities"));

        IndependenceShape() {
            super(
                    "independence",
                    "an independence",
                    "{of: \"zip_code -> city\", reason: a zip code here spans cities}");
        }

        @Override
        Optional<Independence> build(Fields fields, Reading reading) {
            return fields.get(of)
                    .filter(refuted -> isComplete(refuted, reading))
                    .map(refuted -> new Independence(refuted, fields.get(reason)));
        }

        /** A dependency has something on both sides of its arrow. */
        private static boolean isComplete(Located<String> refuted, Reading reading) {
            var arrow = ARROW.matcher(refuted.value());
            if (!arrow.matches()
                    || NAME.matcher(arrow.group(1)).find()
                            && NAME.matcher(arrow.group(3)).find()) {
                return true;
            }
            reading.report(Flaw.MALFORMED_VALUE, refuted.at(), "`" + refuted + "` is no dependency", EXPECTED);
            return false;
        }
    }
}
