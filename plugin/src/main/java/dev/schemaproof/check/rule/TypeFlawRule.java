package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.TypeFlaw;
import dev.schemaproof.analysis.type.TypedText;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/** What the rules about types within expressions have in common. */
abstract sealed class TypeFlawRule implements Rule
        permits IncompatibleTypes, MalformedLiteral, NonBooleanCondition, UnknownFunction {

    private final TypeFlaw.Kind kind;

    TypeFlawRule(TypeFlaw.Kind kind) {
        this.kind = kind;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.typing().texts().stream()
                .flatMap(text -> text.flaws().stream()
                        .filter(flaw -> flaw.kind() == kind)
                        .map(flaw -> finding(text, flaw)));
    }

    private Finding finding(TypedText text, TypeFlaw flaw) {
        return finding(text.locate(flaw.span()), text.reading().subject(), flaw.summary())
                .withHelp(flaw.help());
    }
}
