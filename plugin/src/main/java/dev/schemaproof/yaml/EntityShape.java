package dev.schemaproof.yaml;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Check;
import dev.schemaproof.model.Dependency;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Independence;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.Reference.Action;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.UniqueKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** An entity. */
final class EntityShape extends ObjectShape<Entity> {

    private static final Shape<List<Located<String>>> NAMES = Shapes.oneOrMore(Scalars.LOCATED);

    private final Key<String> description = optional("description", Scalars.TEXT, "What a row stands for");
    private final Key<Located<String>> table =
            optional("table", Scalars.LOCATED, "Its table's name; by default its own in snake_case");
    private final Key<Located<String>> store =
            optional("store", Scalars.LOCATED, "The store that holds it; by default the relational one");
    private final Key<Long> rows =
            optional("rows", Scalars.COUNT_OF, "The expected number of rows, such as 10M; 1M where undeclared");
    private final Key<Map<String, Attribute>> attributes = required(
            "attributes",
            Shapes.named("attributes", AttributeShape.EITHER),
            "Attributes by name: a type (`username: text`), or a mapping with `type`");
    private final Key<List<Located<String>>> key = optional("key", NAMES, "The primary key's attributes, in order");
    private final Key<List<UniqueKey>> unique =
            optional("unique", new UniqueShape(), "Further keys: a list of lists of attributes, or a map to name them");
    private final Key<Map<String, Reference>> references = optional(
            "references", Shapes.named("references", new ReferenceShape()), "References to other entities, by role");
    private final Key<Map<String, SourceText>> checks =
            optional("checks", Shapes.named("SQL conditions", Scalars.SOURCE), "SQL conditions on a row, by name");
    private final Key<Map<String, Index>> indexes =
            optional("indexes", Shapes.named("indexes", new IndexShape()), "Secondary indexes, by name");
    private final Key<List<Dependency>> dependencies = optional(
            "dependencies",
            Shapes.list(new DependencyShape()),
            "Functional dependencies beyond the keys, such as `zip_code -> city`; multivalued ones with `->>`");
    private final Key<List<Independence>> independent = optional(
            "independent",
            Shapes.list(new IndependenceShape()),
            "Suspected dependencies or derivations that the team refutes, each with a reason");

    EntityShape() {
        super("entity", "an entity");
        later("partition", "how the table is partitioned");
        later("renamedFrom", "the entity's former name, for migrations");
        later("splitFrom", "the entity it was a part of, for migrations");
        later("mergedFrom", "the entities it is made of, for migrations");
    }

    @Override
    Optional<Entity> build(Fields fields, Reading reading) {
        var named = new LinkedHashMap<String, Check>();
        fields.get(checks, Map.of())
                .forEach((name, sql) -> named.put(name, new Check(new Located<>(name, sql.at()), sql)));
        return Optional.of(new Entity(
                fields.name(),
                fields.get(description),
                fields.get(table)
                        .orElseGet(() -> new Located<>(
                                snakeCase(fields.name().value()), fields.name().at())),
                fields.get(store),
                fields.get(rows).map(OptionalLong::of).orElseGet(OptionalLong::empty),
                fields.get(attributes, Map.of()),
                fields.get(key, List.of()),
                fields.get(unique, List.of()),
                fields.get(references, Map.of()),
                named,
                fields.get(indexes, Map.of()),
                fields.get(dependencies, List.of()),
                fields.get(independent, List.of()),
                fields.sound()));
    }

    /** {@code OrderItem} becomes {@code order_item}, {@code HTTPRequest} {@code http_request}. */
    static String snakeCase(String name) {
        return name.replaceAll("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})", "_")
                .replace('-', '_')
                .replace(' ', '_')
                .toLowerCase(Locale.ROOT);
    }

    private static final class UniqueShape implements Shape<List<UniqueKey>> {

        private final Shape<List<List<Located<String>>>> unnamed = Shapes.list(NAMES);
        private final Shape<Map<String, List<Located<String>>>> named = Shapes.named("lists of attributes", NAMES);

        @Override
        public Optional<List<UniqueKey>> read(Spot spot, Reading reading) {
            if (spot.node() instanceof Node.Mapping mapping) {
                var keys = new ArrayList<UniqueKey>();
                var lists = named.read(spot, reading).orElse(Map.of());
                for (var entry : mapping.entries()) {
                    var attributes = lists.get(entry.key().value());
                    if (attributes != null) {
                        keys.add(new UniqueKey(
                                Optional.of(entry.key()),
                                attributes,
                                entry.key().at()));
                    }
                }
                return Optional.of(keys);
            }
            if (spot.node() instanceof Node.Sequence sequence
                    && !sequence.items().isEmpty()
                    && sequence.items().stream().allMatch(Node.Scalar.class::isInstance)) {
                reading.report(
                        Flaw.WRONG_SHAPE,
                        spot.node().at(),
                        "`unique` is a list of keys, and each key is a list of attributes",
                        "write `unique: [[...]]` for one key of several attributes, `unique: [[a], [b]]` for several keys");
                return Optional.empty();
            }
            return unnamed.read(spot, reading)
                    .map(lists -> lists.stream()
                            .filter(attributes -> !attributes.isEmpty())
                            .map(attributes -> new UniqueKey(
                                    Optional.empty(),
                                    attributes,
                                    attributes.get(0).at()))
                            .toList());
        }

        @Override
        public Map<String, Object> schema(Definitions definitions) {
            var schema = new LinkedHashMap<String, Object>();
            schema.put("anyOf", List.of(unnamed.schema(definitions), named.schema(definitions)));
            return schema;
        }
    }

    private static final class ReferenceShape extends ObjectShape<Reference> {

        private static final Shape<Action> ACTION =
                Scalars.oneOf("a referential action", List.of(Action.values()), Action::word);

        private final Key<Located<String>> entity = required("entity", Scalars.LOCATED, "The entity referred to");
        private final Key<List<Located<String>>> attributes =
                optional("attributes", NAMES, "The referencing attributes; by default <role>_<key>");
        private final Key<Action> onDelete = optional(
                "onDelete", ACTION, "What happens to this row when the other is deleted; by default no-action");
        private final Key<Action> onUpdate =
                optional("onUpdate", ACTION, "What happens when the other's key changes; by default no-action");
        private final Key<Boolean> deferrable = optional(
                "deferrable",
                Scalars.TRUTH,
                "Whether it can be checked at the end of the transaction; by default false");
        private final Key<Long> perParent =
                optional("perParent", Scalars.COUNT_OF, "The expected number of rows for each row referred to");

        ReferenceShape() {
            super("reference", "a reference");
        }

        @Override
        Optional<Reference> build(Fields fields, Reading reading) {
            return fields.get(entity)
                    .map(target -> new Reference(
                            fields.name(),
                            target,
                            fields.get(attributes, List.of()),
                            fields.get(onDelete, Action.NO_ACTION),
                            fields.get(onUpdate, Action.NO_ACTION),
                            fields.get(deferrable, false),
                            fields.get(perParent).map(OptionalLong::of).orElseGet(OptionalLong::empty)));
        }
    }

    private static final class IndexShape extends ObjectShape<Index> {

        private final Key<List<Index.Part>> on = required(
                "on",
                Shapes.oneOrMore(IndexPartText.PART_OF),
                "What it is sorted by: attributes or expressions, each with asc or desc, nulls first or last, operator class");
        private final Key<Index.Method> using = optional(
                "using",
                Scalars.oneOf("an index method", List.of(Index.Method.values()), Index.Method::word),
                "The access method; by default btree");
        private final Key<Boolean> unique =
                optional("unique", Scalars.TRUTH, "Whether it forbids equal entries; by default false");
        private final Key<List<Located<String>>> include =
                optional("include", NAMES, "Attributes that it carries without being sorted by them");
        private final Key<SourceText> where = optional("where", Scalars.SOURCE, "The SQL condition of a partial index");
        private final Key<String> reason =
                optional("reason", Scalars.TEXT, "Why it exists, where no access pattern tells");

        IndexShape() {
            super("index", "an index");
        }

        @Override
        Optional<Index> build(Fields fields, Reading reading) {
            return fields.get(on)
                    .filter(parts -> !parts.isEmpty())
                    .map(parts -> new Index(
                            fields.name(),
                            parts,
                            fields.get(using, Index.Method.BTREE),
                            fields.get(unique, false),
                            fields.get(include, List.of()),
                            fields.get(where),
                            fields.get(reason)));
        }
    }

    private static final class DependencyShape implements Shape<Dependency> {

        private static final Pattern ARROW = Pattern.compile("(.*?)(->>?)(.*)", Pattern.DOTALL);
        private static final Pattern NAME = Pattern.compile("[^\\s,]+");

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
            reading.report(
                    Flaw.MALFORMED_VALUE,
                    source.at(),
                    "`" + source.value() + "` is no dependency",
                    "write what determines, an arrow, and what is determined: `zip_code -> city, state`");
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
            schema.put("type", "string");
            schema.put("pattern", "^[^>]+->>?.+$");
            return schema;
        }
    }

    private static final class IndependenceShape extends ObjectShape<Independence> {

        private final Key<Located<String>> of = required(
                "of", Scalars.LOCATED, "What is refuted: a dependency such as `zip_code -> city`, or an attribute");
        private final Key<Located<String>> reason = required("reason", Scalars.REASON, "Why it is none");

        IndependenceShape() {
            super("independence", "an independence");
        }

        @Override
        Optional<Independence> build(Fields fields, Reading reading) {
            return fields.get(of).map(refuted -> new Independence(refuted, fields.get(reason)));
        }
    }
}
