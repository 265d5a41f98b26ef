package dev.schemaproof.yaml;

import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore.Sequence;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.SequenceOptions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A sequence. */
final class SequenceShape extends ObjectShape<Sequence> {

    private final Key<ScalarKind> type = optional(
            "type",
            Scalars.oneOf(
                    "a type of whole numbers",
                    List.of(ScalarKind.SMALLINT, ScalarKind.INT, ScalarKind.BIGINT),
                    ScalarKind::word),
            "The type of its numbers",
            byDefault("bigint"),
            like("int"));
    private final Options options = new Options(this);
    private final Key<Located<String>> schema = optional(
            "schema",
            Scalars.LOCATED,
            "The SQL schema that it stands in, one of the store's `schemas`",
            otherwise("the first on the search path"),
            like("billing"));
    private final Key<Located<String>> ownedBy = optional(
            "ownedBy",
            Scalars.LOCATED,
            "The attribute with whose column it goes, as Entity.attribute",
            like("Invoice.number"));
    private final Key<String> description = optional(
            "description", Scalars.TEXT, "What it numbers", like("Numbers of invoices, without regard to the year"));

    SequenceShape() {
        super("sequence", "a sequence", "{start: 1000, ownedBy: Invoice.number}");
    }

    @Override
    Optional<Sequence> build(Fields fields, Reading reading) {
        return Optional.of(new Sequence(
                fields.name(),
                fields.get(schema),
                fields.get(type, ScalarKind.BIGINT),
                options.of(fields),
                fields.get(ownedBy),
                fields.get(description)));
    }

    /** How a sequence counts: keys of every mapping that makes one. */
    static final class Options {

        private static final Shape<Located<Long>> NUMBER = Scalars.located(Scalars.parsed(
                "a whole number such as 1000 or -1",
                Scalars.pattern(Pattern.compile("-?[0-9]{1,19}"), "integer"),
                text -> {
                    try {
                        return Optional.of(Long.valueOf(text));
                    } catch (NumberFormatException e) {
                        return Optional.empty();
                    }
                }));

        private final Key<Located<Long>> start;
        private final Key<Located<Long>> increment;
        private final Key<Located<Long>> minimum;
        private final Key<Located<Long>> maximum;
        private final Key<Located<Long>> cache;
        private final Key<Boolean> cycle;

        /** Declares the keys. */
        Options(ObjectShape<?> shape) {
            start = shape.optional(
                    "start",
                    NUMBER,
                    "The first number",
                    ObjectShape.otherwise("1, or the greatest where it counts down"),
                    ObjectShape.like("1000"));
            increment = shape.optional(
                    "increment",
                    NUMBER,
                    "The step, which may be negative",
                    ObjectShape.otherwise("1"),
                    ObjectShape.like("10"));
            minimum = shape.optional(
                    "minimum",
                    NUMBER,
                    "The least number",
                    ObjectShape.otherwise("1, or the least of its type where it counts down"),
                    ObjectShape.like("1"));
            maximum = shape.optional(
                    "maximum",
                    NUMBER,
                    "The greatest number",
                    ObjectShape.otherwise("that of its type, or -1 where it counts down"),
                    ObjectShape.like("999999"));
            cache = shape.optional(
                    "cache",
                    NUMBER,
                    "How many numbers a session takes at once",
                    ObjectShape.otherwise("1"),
                    ObjectShape.like("20"));
            cycle = shape.optional(
                    "cycle",
                    Scalars.TRUTH,
                    "Whether it begins anew at its end, where it would otherwise fail",
                    ObjectShape.byDefault("false"));
        }

        SequenceOptions of(Fields fields) {
            return new SequenceOptions(
                    fields.get(start),
                    fields.get(increment),
                    fields.get(minimum),
                    fields.get(maximum),
                    fields.get(cache),
                    fields.get(cycle, false));
        }
    }
}
