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
            "The type of its numbers: smallint, int or bigint (the default)");
    private final Options options = new Options(this);
    private final Key<Located<String>> schema = optional(
            "schema",
            Scalars.LOCATED,
            "The SQL schema that it stands in, one of the store's `schemas`; by default the first on the search path");
    private final Key<Located<String>> ownedBy =
            optional("ownedBy", Scalars.LOCATED, "The attribute with whose column it goes, as Entity.attribute");
    private final Key<String> description = optional("description", Scalars.TEXT, "What it numbers");

    SequenceShape() {
        super("sequence", "a sequence");
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
            start = shape.optional("start", NUMBER, "The first number; by default 1");
            increment = shape.optional("increment", NUMBER, "The step, which may be negative; by default 1");
            minimum = shape.optional("minimum", NUMBER, "The least number; by default 1");
            maximum = shape.optional("maximum", NUMBER, "The greatest number; by default that of its type");
            cache = shape.optional("cache", NUMBER, "How many numbers a session takes at once; by default 1");
            cycle = shape.optional(
                    "cycle",
                    Scalars.TRUTH,
                    "Whether it begins anew at its end; by default false, which is an error then");
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
