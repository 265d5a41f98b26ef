package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.FoundFlaw;
import dev.schemaproof.analysis.type.TypeFlaw;
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
        return facts.typing().flaws().stream()
                .filter(found -> found.flaw().kind() == kind)
                .map(this::finding);
    }

    private Finding finding(FoundFlaw found) {
        var flaw = found.flaw();
        var finding = finding(found.at(), found.subject(), flaw.summary()).withHelp(flaw.help());
        return found.first()
                .map(first -> finding.withRelated(first, "the parameter gets its type here"))
                .orElse(finding);
    }
}
