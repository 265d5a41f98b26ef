package dev.schemaproof.yaml;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Deferral;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.KeyDesign;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.UniqueKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A primary or unique key: its attributes, or a mapping with more to say. */
final class KeyShape extends ObjectShape<KeyShape.Keyed> {

    /**
     * A key as it was written.
     *
     * @param name the constraint's name, where given
     * @param where the condition under which it is unique; such a key is an index in the database
     */
    record Keyed(
            Optional<Located<String>> name,
            List<Located<String>> attributes,
            KeyDesign design,
            Optional<SourceText> where,
            Location at) {

        /** No key. */
        static Keyed none() {
            return new Keyed(
                    Optional.empty(), List.of(), KeyDesign.plain(), Optional.empty(), Location.startOf("model"));
        }
    }

    /**
     * The unique keys of an entity.
     *
     * @param partial those that hold under a condition only
     */
    record Uniques(List<UniqueKey> keys, List<Index> partial) {

        static Uniques none() {
            return new Uniques(List.of(), List.of());
        }
    }

    static final Shape<Keyed> PRIMARY =
            new AnyForm(new KeyShape("primaryKey", "a primary key", "{on: [id], name: users_pkey}", true, false));
    static final Shape<Uniques> UNIQUES = new UniquesShape();

    private final Key<List<Located<String>>> on =
            required("on", Shapes.atLeastOne(Scalars.LOCATED), "Its attributes, in order", like("[tenant_id, email]"));
    private final Key<List<Located<String>>> include = optional(
            "include",
            EntityShape.NAMES,
            "Attributes that its index carries without being sorted by them",
            like("[display_name]"));
    private final Key<Deferral> deferrable = optional(
            "deferrable",
            DeferralShape.DEFERRAL,
            DeferralShape.DESCRIPTION,
            byDefault("false"),
            like("initially-deferred"));
    private final Key<Map<String, Located<String>>> storage =
            optional("storage", EntityShape.STORAGE, "Storage parameters of its index", like("{fillfactor: 90}"));
    private final Key<String> description =
            optional("description", Scalars.TEXT, "What it is for", like("One account for each address"));
    private final Optional<Key<Located<String>>> name;
    private final Optional<Key<Boolean>> nullsNotDistinct;
    private final Optional<Key<SourceText>> where;

    private KeyShape(String definition, String what, String example, boolean nameable, boolean unique) {
        super(definition, what, example);
        name = nameable
                ? Optional.of(optional(
                        "name",
                        Scalars.LOCATED,
                        "The constraint's name",
                        otherwise("derived from the table and its columns"),
                        like("users_email_key")))
                : Optional.empty();
        nullsNotDistinct = unique
                ? Optional.of(optional(
                        "nullsNotDistinct",
                        Scalars.TRUTH,
                        "Whether two rows without a value count as equal",
                        byDefault("false")))
                : Optional.empty();
        where = unique
                ? Optional.of(optional(
                        "where",
                        Scalars.SOURCE,
                        "The SQL condition under which it is unique; it becomes a unique index then",
                        like("deleted_at IS NULL")))
                : Optional.empty();
    }

    @Override
    Optional<Keyed> build(Fields fields, Reading reading) {
        var condition = where.flatMap(fields::get);
        if (condition.isPresent()) {
            fields.place(deferrable)
                    .ifPresent(at -> reading.report(
                            Flaw.UNKNOWN_KEY,
                            at,
                            "a key with `where` becomes an index, which can't be deferred",
                            "remove `deferrable`, or write an exclusion constraint"));
        }
        return fields.get(on)
                .filter(attributes -> !attributes.isEmpty())
                .map(attributes -> new Keyed(
                        name.flatMap(fields::get),
                        attributes,
                        new KeyDesign(
                                fields.get(include, List.of()),
                                nullsNotDistinct.flatMap(fields::get).orElse(false),
                                fields.get(deferrable, Deferral.NOT_DEFERRABLE),
                                fields.get(storage, Map.of()),
                                fields.get(description)),
                        condition,
                        fields.at()));
    }

    /** Attributes alone, or the mapping. */
    private static final class AnyForm implements Shape<Keyed> {

        private final Shape<Keyed> mapping;

        AnyForm(Shape<Keyed> mapping) {
            this.mapping = mapping;
        }

        @Override
        public Optional<Keyed> read(Spot spot, Reading reading) {
            if (spot.node() instanceof Node.Mapping) {
                return mapping.read(spot, reading);
            }
            return EntityShape.NAMES
                    .read(spot, reading)
                    .filter(attributes -> !attributes.isEmpty())
                    .map(attributes -> new Keyed(
                            Optional.empty(),
                            attributes,
                            KeyDesign.plain(),
                            Optional.empty(),
                            attributes.get(0).at()));
        }

        @Override
        public Map<String, Object> schema(Definitions definitions) {
            var schema = new LinkedHashMap<String, Object>();
            schema.put("anyOf", List.of(EntityShape.NAMES.schema(definitions), mapping.schema(definitions)));
            return schema;
        }
    }

    /** A list of keys, or a mapping that names them. */
    private static final class UniquesShape implements Shape<Uniques> {

        private final Shape<List<Keyed>> unnamed = Shapes.list(new AnyForm(
                new KeyShape("unnamedUniqueKey", "a unique key", "{on: [email], name: users_email_key}", true, true)));
        private final Shape<Map<String, Keyed>> named = Shapes.named(
                "keys",
                new AnyForm(new KeyShape(
                        "uniqueKey", "a unique key", "{on: [email], nullsNotDistinct: true}", false, true)));

        @Override
        public Optional<Uniques> read(Spot spot, Reading reading) {
            if (spot.node() instanceof Node.Mapping mapping) {
                var keys = named.read(spot, reading).orElse(Map.of());
                var all = new ArrayList<Keyed>();
                for (var entry : mapping.entries()) {
                    var key = keys.get(entry.key().value());
                    if (key != null) {
                        all.add(new Keyed(
                                Optional.of(entry.key()),
                                key.attributes(),
                                key.design(),
                                key.where(),
                                entry.key().at()));
                    }
                }
                return Optional.of(sorted(all, reading));
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
            return unnamed.read(spot, reading).map(keys -> sorted(keys, reading));
        }

        /** Unique keys, and those that hold under a condition only, which have to be indexes with a name. */
        private static Uniques sorted(List<Keyed> all, Reading reading) {
            var keys = new ArrayList<UniqueKey>();
            var partial = new ArrayList<Index>();
            for (var key : all) {
                if (key.where().isEmpty()) {
                    keys.add(new UniqueKey(key.name(), key.attributes(), key.design(), key.at()));
                } else if (key.name().isEmpty()) {
                    reading.report(
                            Flaw.INCOMPLETE_ELEMENT,
                            key.at(),
                            "a unique key with `where` needs a name",
                            "it becomes an index: add `name:`");
                } else {
                    partial.add(index(key, key.name().get()));
                }
            }
            return new Uniques(keys, partial);
        }

        private static Index index(Keyed key, Located<String> name) {
            return new Index(
                    name,
                    key.attributes().stream().map(UniquesShape::part).toList(),
                    Index.Method.BTREE,
                    true,
                    key.design().include(),
                    key.where(),
                    key.design().nullsNotDistinct(),
                    key.design().storage(),
                    Optional.empty(),
                    key.design().description());
        }

        private static Index.Part part(Located<String> attribute) {
            return new Index.Part(
                    SourceText.of(attribute.value(), attribute.at()),
                    false,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        @Override
        public Map<String, Object> schema(Definitions definitions) {
            var schema = new LinkedHashMap<String, Object>();
            schema.put("anyOf", List.of(unnamed.schema(definitions), named.schema(definitions)));
            return schema;
        }
    }
}
