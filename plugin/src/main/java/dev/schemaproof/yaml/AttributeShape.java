package dev.schemaproof.yaml;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Attribute.Identity;
import dev.schemaproof.model.Attribute.Numbering;
import dev.schemaproof.model.Attribute.Values;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SequenceOptions;
import dev.schemaproof.model.SourceText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** An attribute: a mapping, or just its type. */
final class AttributeShape extends ObjectShape<Attribute> {

    private static final Shape<Numbering> NUMBERING =
            Scalars.oneOf("an identity", List.of(Numbering.values()), Numbering::word);

    /** The type as a text, or in the words of one database. */
    static final Shape<TypeText> TYPE = Shapes.byKind(
            Scalars.of("a type", Scalars.any(), (scalar, reading) -> {
                var result = TypeText.parse(scalar.value());
                result.problem()
                        .ifPresent(problem ->
                                reading.report(Flaw.MALFORMED_VALUE, scalar.at(), problem.summary(), problem.help()));
                return result.type();
            }),
            null,
            new NativeTypeShape());

    /** The short form {@code username: text} and the long one {@code username: {type: text}}. */
    static final Shape<Attribute> EITHER = Shapes.byKind(new ShortForm(), null, new AttributeShape());

    /** A generated column's expression, and whether it is computed when it is read. */
    private record Generated(SourceText expression, boolean virtual) {}

    private final Key<Located<TypeText>> type = optional(
            "type",
            Scalars.located(TYPE),
            "The type, such as text, string(40), decimal(10,2), uuid[], or a name from `types`",
            like("text", "\"decimal(10,2)\"", "\"uuid[]\"", "task_status"));
    private final Key<Located<String>> nativeType = optional(
            "native",
            Scalars.LOCATED,
            "Instead of `type`: a type in the database's own words, such as geometry(Point,4326)",
            like("geometry(Point,4326)"));
    private final Key<Boolean> optional =
            optional("optional", Scalars.TRUTH, "Whether it may be absent", byDefault("false"));
    private final Key<SourceText> defaultValue = optional(
            "default",
            Scalars.SOURCE,
            "A SQL expression, verbatim: text needs its quotes",
            like("now()", "\"'open'\""));
    private final Key<Generated> generated = optional(
            "generated",
            Shapes.byKind(Shapes.map(Scalars.SOURCE, text -> new Generated(text, false)), null, new GeneratedShape()),
            "The SQL expression of a stored generated column; {expression: ..., virtual: true} for one that is not stored",
            like("price * quantity", "{expression: lower(email), virtual: true}"));
    private final Key<Identity> identity = optional(
            "identity",
            Shapes.byKind(
                    Shapes.map(NUMBERING, numbering -> new Identity(numbering, SequenceOptions.unspecified())),
                    null,
                    new IdentityShape()),
            "The database numbers the rows: always, by-default where a row may bring its own number, or serial for the older way,"
                    + " a default from a sequence of the column's own",
            like("always", "serial", "{generated: by-default, start: 1000}"));
    private final Key<Located<String>> collation = optional(
            "collation",
            Scalars.LOCATED,
            "The name of its collation",
            otherwise("the database's own"),
            like("und-x-icu"));
    private final Key<String> description =
            optional("description", Scalars.TEXT, "What it means", like("The address that invoices are sent to"));
    private final Key<Boolean> personal =
            optional("personal", Scalars.TRUTH, "Whether it says something about a person", byDefault("false"));
    private final Key<SourceText> check = optional("check", Scalars.SOURCE, "A SQL condition on it", like("price > 0"));
    private final Key<Located<String>> column = optional(
            "column", Scalars.LOCATED, "The name of its column", otherwise("its own name, verbatim"), like("e_mail"));
    private final Key<Values> values = optional(
            "values",
            new ValuesShape(),
            "How its values are distributed, for planner proofs and synthetic rows",
            like("{distinct: 5, skew: {paid: 90%}}"));

    private AttributeShape() {
        super(
                "attribute",
                "an attribute",
                "{type: text, personal: true, description: The address that invoices are sent to}");
        later("renamedFrom", "the attribute's former name, for migrations");
        later("splitFrom", "the attribute it was a part of, for migrations");
        later("mergedFrom", "the attributes it is made of, for migrations");
        later("convertedFrom", "the attribute it was converted from, for migrations");
    }

    @Override
    Optional<Attribute> build(Fields fields, Reading reading) {
        var both = fields.place(type).isPresent() && fields.place(nativeType).isPresent();
        if (both || fields.place(type).isEmpty() && fields.place(nativeType).isEmpty()) {
            reading.report(
                    Flaw.INCOMPLETE_ELEMENT,
                    fields.name().at(),
                    both ? "an attribute has `type` or `native`, not both" : "an attribute needs `type`",
                    "write `" + fields.name() + ": text`, or `" + fields.name() + ": {type: text, ...}`");
        }
        var written = fields.get(type)
                .or(() -> fields.get(nativeType)
                        .map(words ->
                                new Located<>(new TypeText(new DataType.Native(words.value()), false), words.at())));
        return Optional.of(new Attribute(
                fields.name(),
                fields.get(column, fields.name()),
                written.map(text -> new Located<>(text.value().type(), text.at()))
                        .orElseGet(() -> new Located<>(
                                new DataType.Unreadable(), fields.name().at())),
                fields.get(optional, false)
                        || written.map(text -> text.value().optional()).orElse(false),
                fields.get(defaultValue),
                fields.get(generated).map(Generated::expression),
                fields.get(generated).map(Generated::virtual).orElse(false),
                fields.get(identity),
                fields.get(collation),
                fields.get(description),
                fields.get(personal, false),
                fields.get(check),
                fields.get(values, Values.unknown())));
    }

    private static final class ShortForm implements Shape<Attribute> {

        @Override
        public Optional<Attribute> read(Spot spot, Reading reading) {
            var type = TYPE.read(spot, reading);
            return Optional.of(new Attribute(
                    spot.name(),
                    spot.name(),
                    new Located<>(
                            type.<DataType>map(TypeText::type).orElseGet(DataType.Unreadable::new),
                            spot.node().at()),
                    type.map(TypeText::optional).orElse(false),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    Values.unknown()));
        }

        @Override
        public Map<String, Object> schema(Definitions definitions) {
            var schema = new LinkedHashMap<String, Object>();
            schema.put("title", "a type");
            schema.put("type", "string");
            return schema;
        }
    }

    private static final class GeneratedShape extends ObjectShape<Generated> {

        private final Key<SourceText> expression =
                required("expression", Scalars.SOURCE, "The SQL expression", like("lower(email)"));
        private final Key<Boolean> virtual = optional(
                "virtual",
                Scalars.TRUTH,
                "Whether it is computed when it is read, since PostgreSQL 18, and not stored",
                byDefault("false"));

        GeneratedShape() {
            super("generated", "`generated`", "{expression: lower(email), virtual: true}");
        }

        @Override
        Optional<Generated> build(Fields fields, Reading reading) {
            return fields.get(expression).map(sql -> new Generated(sql, fields.get(virtual, false)));
        }
    }

    private static final class IdentityShape extends ObjectShape<Identity> {

        private final Key<Numbering> numbering = required(
                "generated", NUMBERING, "always, or by-default where a row may bring its own number", like("always"));
        private final SequenceShape.Options options = new SequenceShape.Options(this);

        IdentityShape() {
            super("identity", "`identity`", "{generated: by-default, start: 1000}");
        }

        @Override
        Optional<Identity> build(Fields fields, Reading reading) {
            var counting = options.of(fields);
            fields.place(numbering)
                    .filter(at -> fields.get(numbering).stream().anyMatch(Numbering.SERIAL::equals))
                    .filter(at -> !counting.equals(SequenceOptions.unspecified()))
                    .ifPresent(at -> reading.report(
                            Flaw.WRONG_SHAPE,
                            at,
                            "a serial attribute counts from 1 by 1",
                            "write `generated: by-default`; or, to keep the sequence that is there, `default: nextval(...)`"
                                    + " and the sequence under the store's `sequences`"));
            return fields.get(numbering).map(value -> new Identity(value, counting));
        }
    }

    private static final class NativeTypeShape extends ObjectShape<TypeText> {

        private final Key<String> text = required(
                "native",
                Scalars.TEXT,
                "A type in the database's own words, such as geometry(Point,4326)",
                like("geometry(Point,4326)"));

        NativeTypeShape() {
            super("nativeType", "a native type", "{native: \"geometry(Point,4326)\"}");
        }

        @Override
        Optional<TypeText> build(Fields fields, Reading reading) {
            return fields.get(text).map(words -> new TypeText(new DataType.Native(words), false));
        }
    }

    private static final class ValuesShape extends ObjectShape<Values> {

        private final Key<Long> distinct =
                optional("distinct", Scalars.COUNT_OF, "How many different values there are", like("10M"));
        private final Key<Double> nulls =
                optional("nulls", Scalars.SHARE, "The share of absent values, such as 30%", like("30%"));
        private final Key<Long> width = optional("width", Scalars.COUNT_OF, "The average width in bytes", like("200"));
        private final Key<Map<String, Double>> skew = optional(
                "skew",
                Shapes.named("shares", Scalars.SHARE),
                "The share of each frequent value",
                like("{paid: 90%, open: 5%}"));

        ValuesShape() {
            super("values", "the distribution of values", "{distinct: 5, nulls: 30%, width: 12, skew: {paid: 90%}}");
        }

        @Override
        Optional<Values> build(Fields fields, Reading reading) {
            return Optional.of(new Values(
                    fields.get(distinct).map(OptionalLong::of).orElseGet(OptionalLong::empty),
                    fields.get(nulls).map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                    fields.get(width)
                            .map(bytes -> OptionalInt.of((int) Math.min(bytes, Integer.MAX_VALUE)))
                            .orElseGet(OptionalInt::empty),
                    fields.get(skew, Map.of())));
        }
    }
}
