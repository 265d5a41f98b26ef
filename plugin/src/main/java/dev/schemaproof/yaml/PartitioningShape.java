package dev.schemaproof.yaml;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.Partitioning.Bound;
import dev.schemaproof.model.Partitioning.Partition;
import dev.schemaproof.model.Partitioning.Strategy;
import dev.schemaproof.model.SourceText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** How a table is divided. */
final class PartitioningShape extends ObjectShape<Partitioning> {

    /** More than this many partitions of a hash are no design any more, and PostgreSQL plans badly with them. */
    private static final long MOST_HASHED = 10_000;

    /** Marks the names of partitions that a number stands for until the table's name is known. */
    private static final String COUNTED = "\0";

    private final Key<Located<Strategy>> by = required(
            "by",
            Scalars.located(Scalars.oneOf("a way to divide a table", List.of(Strategy.values()), Strategy::word)),
            "Whether a partition takes a range of values, a list of them, or what a hash gives",
            like("range"));
    private final Key<List<Index.Part>> on = required(
            "on",
            Shapes.atLeastOne(IndexPartText.PART_OF),
            "The partition key: attributes, or expressions, each with a collation and an operator class where it matters",
            like("created_at"));
    private final Key<Map<String, Partition>> partitions = optional(
            "partitions",
            new PartitionsShape(),
            "The partitions by their tables' names, or, by hash, how many of them",
            like("8", "{events_2026: {from: \"'2026-01-01'\", to: \"'2027-01-01'\"}, events_rest: default}"));

    PartitioningShape() {
        super("partitioning", "`partition`", "{by: hash, on: [id], partitions: 8}");
    }

    /**
     * The same as the entity's other keys complete it: the partitions that only a number was given of are called
     * {@code <table>_p0}, and what is called like an attribute is one.
     */
    static Partitioning named(Partitioning division, Located<String> table, Set<String> attributes) {
        var named = new LinkedHashMap<String, Partition>();
        division.partitions().forEach((name, partition) -> {
            var full = name.startsWith(COUNTED)
                    ? new Located<>(
                            table.value() + "_p" + name.substring(COUNTED.length()),
                            partition.name().at())
                    : partition.name();
            named.put(
                    full.value(),
                    new Partition(
                            full,
                            partition.bound(),
                            partition.partitioning().map(inner -> named(inner, full, attributes)),
                            partition.storage(),
                            partition.description()));
        });
        var key = division.on().stream()
                .map(part -> IndexPartText.amongst(attributes, part))
                .toList();
        return new Partitioning(division.by(), key, named, division.at());
    }

    @Override
    Optional<Partitioning> build(Fields fields, Reading reading) {
        return fields.get(by)
                .flatMap(strategy -> fields.get(on).map(key -> {
                    var parts = fields.get(partitions, Map.of());
                    parts.values().forEach(part -> judge(strategy, part, reading));
                    return new Partitioning(strategy, key, parts, fields.at());
                }));
    }

    private static void judge(Located<Strategy> by, Partition part, Reading reading) {
        var fits = switch (by.value()) {
            case RANGE -> part.bound() instanceof Bound.Range || part.bound() instanceof Bound.Default;
            case LIST -> part.bound() instanceof Bound.In || part.bound() instanceof Bound.Default;
            case HASH -> part.bound() instanceof Bound.Hash;
        };
        if (!fits) {
            var form = switch (by.value()) {
                case RANGE -> "{from: ..., to: ...}";
                case LIST -> "{in: [...]}";
                case HASH -> "{modulus: 4, remainder: 0}";
            };
            reading.report(
                    Flaw.WRONG_SHAPE,
                    part.bound().at(),
                    "a partition by " + by.value().word() + " is not given like this",
                    "write `" + part.name().value().replace(COUNTED, "") + ": " + form + "`");
        }
    }

    /** Partitions by name, or their number. */
    private static final class PartitionsShape implements Shape<Map<String, Partition>> {

        private final Lazy<Map<String, Partition>> named =
                new Lazy<>(() -> Shapes.named("partitions", PartitionShape.either()));

        @Override
        public Optional<Map<String, Partition>> read(Spot spot, Reading reading) {
            if (!(spot.node() instanceof Node.Scalar scalar) || scalar.empty()) {
                return named.read(spot, reading);
            }
            return Scalars.COUNT_OF.read(spot, reading).map(count -> {
                if (count < 1 || count > MOST_HASHED) {
                    reading.report(
                            Flaw.MALFORMED_VALUE,
                            scalar.at(),
                            "a table has from 1 to " + MOST_HASHED + " partitions, not " + count,
                            "write a number of partitions such as 8, or name them");
                    return Map.of();
                }
                var parts = new LinkedHashMap<String, Partition>();
                for (var i = 0L; i < count; i++) {
                    parts.put(
                            COUNTED + i,
                            new Partition(
                                    new Located<>(COUNTED + i, scalar.at()),
                                    new Bound.Hash(count, i, scalar.at()),
                                    Optional.empty(),
                                    Map.of(),
                                    Optional.empty()));
                }
                return parts;
            });
        }

        @Override
        public Map<String, Object> schema(Definitions definitions) {
            var schema = new LinkedHashMap<String, Object>();
            schema.put("anyOf", List.of(Scalars.COUNT_OF.schema(definitions), named.schema(definitions)));
            return schema;
        }
    }

    /** A shape that is made when it is first used, as partitions are made of partitions. */
    private static final class Lazy<T> implements Shape<T> {

        private final Supplier<Shape<T>> maker;

        Lazy(Supplier<Shape<T>> maker) {
            this.maker = maker;
        }

        @Override
        public Optional<T> read(Spot spot, Reading reading) {
            return maker.get().read(spot, reading);
        }

        @Override
        public Map<String, Object> schema(Definitions definitions) {
            return maker.get().schema(definitions);
        }
    }

    /** One partition: a mapping, or {@code default}. */
    private static final class PartitionShape extends ObjectShape<Partition> {

        private static final Shape<List<SourceText>> VALUES = Shapes.atLeastOne(Scalars.SOURCE);

        private final Key<List<SourceText>> from = optional(
                "from",
                VALUES,
                "By range: the first value that it takes, SQL; `minvalue` for no limit; a list for several attributes",
                like("\"'2026-01-01'\""));
        private final Key<List<SourceText>> to = optional(
                "to",
                VALUES,
                "By range: the first value that it takes no more, SQL; `maxvalue` for no limit",
                like("\"'2027-01-01'\"", "maxvalue"));
        private final Key<List<SourceText>> in = optional(
                "in",
                VALUES,
                "By list: the values that it takes, SQL; `null` is one",
                like("[\"'de'\", \"'at'\", 'null']"));
        private final Key<Long> modulus =
                optional("modulus", Scalars.COUNT_OF, "By hash: by what the hash is divided", like("4"));
        private final Key<Long> remainder =
                optional("remainder", Scalars.COUNT_OF, "By hash: what is left then", like("0"));
        private final Key<Boolean> otherwise = optional(
                "default", Scalars.TRUTH, "Whether it takes what no other partition takes", byDefault("false"));
        private final Key<Partitioning> partition = optional(
                "partition",
                new Lazy<>(PartitioningShape::new),
                "How it is divided itself",
                like("{by: hash, on: id, partitions: 4}"));
        private final Key<Map<String, Located<String>>> storage =
                optional("storage", EntityShape.STORAGE, "Storage parameters", like("{fillfactor: 80}"));
        private final Key<String> description =
                optional("description", Scalars.TEXT, "What it holds", like("The year 2026"));

        private PartitionShape() {
            super("partition", "a partition", "{in: [\"'de'\", \"'at'\"]}");
        }

        static Shape<Partition> either() {
            return Shapes.byKind(new TheRest(), null, new PartitionShape());
        }

        @Override
        Optional<Partition> build(Fields fields, Reading reading) {
            return bound(fields, reading)
                    .map(bound -> new Partition(
                            fields.name(),
                            bound,
                            fields.get(partition),
                            fields.get(storage, Map.of()),
                            fields.get(description)));
        }

        private Optional<Bound> bound(Fields fields, Reading reading) {
            var at = fields.name().at();
            var range = fields.place(from).isPresent() || fields.place(to).isPresent();
            var list = fields.place(in).isPresent();
            var hash =
                    fields.place(modulus).isPresent() || fields.place(remainder).isPresent();
            var rest = fields.get(otherwise, false);
            var kinds = (range ? 1 : 0) + (list ? 1 : 0) + (hash ? 1 : 0) + (rest ? 1 : 0);
            if (!fields.sound()) {
                return Optional.empty();
            }
            if (kinds != 1) {
                return flawed(reading, at, kinds == 0 ? "a partition needs a bound" : "a partition has one bound only");
            }
            if (range && fields.get(from).isPresent() && fields.get(to).isPresent()) {
                return Optional.of(new Bound.Range(fields.get(from, List.of()), fields.get(to, List.of()), at));
            }
            if (list) {
                return Optional.of(new Bound.In(fields.get(in, List.of()), at));
            }
            if (hash && fields.get(modulus).isPresent() && fields.get(remainder).isPresent()) {
                return Optional.of(new Bound.Hash(fields.get(modulus, 1L), fields.get(remainder, 0L), at));
            }
            return rest
                    ? Optional.of(new Bound.Default(at))
                    : flawed(
                            reading,
                            at,
                            range ? "a range needs `from` and `to`" : "a hash needs `modulus` and `remainder`");
        }

        private static Optional<Bound> flawed(Reading reading, Location at, String summary) {
            reading.report(
                    Flaw.INCOMPLETE_ELEMENT,
                    at,
                    summary,
                    "write `{from: ..., to: ...}`, `{in: [...]}`, `{modulus: 4, remainder: 0}` or `default`");
            return Optional.empty();
        }
    }

    /** The word {@code default}: whatever no other partition takes. */
    private static final class TheRest implements Shape<Partition> {

        private final Shape<Boolean> word = Scalars.oneOf("a partition", List.of(true), value -> "default");

        @Override
        public Optional<Partition> read(Spot spot, Reading reading) {
            return word.read(spot, reading)
                    .map(rest -> new Partition(
                            spot.name(),
                            new Bound.Default(spot.node().at()),
                            Optional.empty(),
                            Map.of(),
                            Optional.empty()));
        }

        @Override
        public Map<String, Object> schema(Definitions definitions) {
            return word.schema(definitions);
        }
    }
}
