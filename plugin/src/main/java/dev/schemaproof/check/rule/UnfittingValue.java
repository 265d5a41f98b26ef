package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.Fit;
import dev.schemaproof.analysis.type.TypedText;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
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
        return text.target().flatMap(target -> new Fit(facts.types(), text.types()).problem(text, target));
    }
}
