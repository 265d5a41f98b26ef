package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.SequenceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A sequence, or the numbering of an identity, that can't count. */
public final class ImpossibleSequence implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var sequences = facts.model()
                .relationalStores()
                .flatMap(store -> store.sequences().values().stream())
                .flatMap(sequence -> judge(
                        sequence.options(),
                        sequence.type(),
                        sequence.name().value(),
                        sequence.name().at()));
        var identities = facts.model().entities().values().stream()
                .filter(entity -> entity.sound() && facts.model().storeOf(entity) instanceof RelationalStore)
                .flatMap(this::identities);
        return Stream.concat(sequences, identities);
    }

    private Stream<Finding> identities(Entity entity) {
        return entity.attributes().values().stream()
                .flatMap(attribute -> attribute.identity().stream()
                        .flatMap(identity -> attribute.type().value() instanceof DataType.Scalar scalar
                                ? judge(
                                        identity.options(),
                                        scalar.kind(),
                                        entity.name() + "." + attribute.name(),
                                        attribute.name().at())
                                : Stream.empty()));
    }

    private Stream<Finding> judge(SequenceOptions options, ScalarKind type, String name, Location at) {
        var largest = switch (type) {
            case SMALLINT -> (long) Short.MAX_VALUE;
            case INT -> (long) Integer.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
        var found = new ArrayList<Finding>();
        var increment = number(options.increment(), 1);
        if (increment == 0) {
            found.add(finding(
                    options.increment(), at, name, "never moves: its `increment` is 0", "write `increment: 1`"));
        }
        if (number(options.cache(), 1) < 1) {
            found.add(finding(
                    options.cache(),
                    at,
                    name,
                    "takes less than one number at once",
                    "write `cache: 1`, or leave it out"));
        }
        var limits = List.of(options.minimum(), options.maximum());
        for (var limit : limits) {
            if (limit.isPresent()
                    && (limit.get().value() > largest || limit.get().value() < -largest - 1)) {
                found.add(finding(
                        limit,
                        at,
                        name,
                        "has the limit " + limit.get() + ", which is out of the range of `" + type.word() + "`",
                        "`" + type.word() + "` goes from " + (-largest - 1) + " to " + largest));
            }
        }
        if (found.isEmpty()) {
            var ascending = increment > 0;
            var minimum = number(options.minimum(), ascending ? 1 : -largest - 1);
            var maximum = number(options.maximum(), ascending ? largest : -1);
            span(options, minimum, maximum, ascending, name, at, found);
        }
        return found.stream();
    }

    private void span(
            SequenceOptions options,
            long minimum,
            long maximum,
            boolean ascending,
            String name,
            Location at,
            List<Finding> found) {
        if (minimum >= maximum) {
            found.add(finding(
                    options.maximum().or(options::minimum),
                    at,
                    name,
                    "goes from " + minimum + " to " + maximum + ", which leaves nothing to count",
                    "give a `minimum` below the `maximum`"));
            return;
        }
        var start = number(options.start(), ascending ? minimum : maximum);
        if (start < minimum || start > maximum) {
            found.add(finding(
                    options.start(),
                    at,
                    name,
                    "starts at " + start + ", and goes from " + minimum + " to " + maximum,
                    start < minimum
                            ? "start at " + minimum + ", or write `minimum: " + start + "`"
                            : "start at " + maximum + ", or write `maximum: " + start + "`"));
        }
    }

    private static long number(Optional<Located<Long>> given, long otherwise) {
        return given.map(Located::value).orElse(otherwise);
    }

    private Finding finding(Optional<Located<Long>> option, Location at, String name, String what, String help) {
        return finding(option.map(Located::at).orElse(at), name, "the numbering of `" + name + "` " + what)
                .withHelp(help);
    }
}
