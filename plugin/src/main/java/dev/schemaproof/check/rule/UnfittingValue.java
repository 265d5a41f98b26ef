package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.Fit;
import dev.schemaproof.analysis.type.TypedText;
import dev.schemaproof.analysis.type.TypedText.Role;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Partitioning;
import java.util.Optional;
import java.util.stream.Stream;

/** A default, a generated value or a partition's bound that its column can't hold. */
public final class UnfittingValue implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.typing().texts().stream()
                .flatMap(text -> problem(facts, text).stream()
                        .map(problem -> finding(
                                        text.locate(text.tree().span()),
                                        text.reading().subject(),
                                        problem.summary())
                                .withHelp(problem.help())));
    }

    private static Optional<Fit.Problem> problem(Facts facts, TypedText text) {
        return text.target()
                .flatMap(target -> new Fit(facts.types(), text.types())
                        .problem(text, target)
                        .or(() -> text.role() == Role.PARTITION_BOUND
                                ? demanded(facts, text, target)
                                : Optional.empty()));
    }

    /** The database makes a bound a value of its column's domain at once; a default only when a row is inserted. */
    private static Optional<Fit.Problem> demanded(Facts facts, TypedText text, DataType target) {
        return Partitioning.isLimit(text.reading().source())
                ? Optional.empty()
                : DomainConditions.broken(target, text.tree(), facts)
                        .map(reason -> new Fit.Problem(
                                "`" + text.text(text.tree().span()) + "` bounds partition `" + text.name() + "`, "
                                        + reason,
                                "choose a bound that the domain takes, `minvalue` or `maxvalue`"));
    }
}
