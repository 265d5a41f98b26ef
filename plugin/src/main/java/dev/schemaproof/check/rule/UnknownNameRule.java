package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.name.UnknownName;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.diagnostic.Severity;
import java.util.Optional;
import java.util.stream.Stream;

/** What the rules about names that name nothing have in common. */
abstract sealed class UnknownNameRule implements Rule
        permits UnknownAttribute,
                UnknownEntity,
                UnknownPattern,
                UnknownReference,
                UnknownRole,
                UnknownSchema,
                UnknownStore,
                UnknownType {

    /** More names than this are no help. */
    private static final int FEW = 8;

    private final UnknownName.Kind kind;

    UnknownNameRule(UnknownName.Kind kind) {
        this.kind = kind;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.unknownNames().stream()
                .filter(unknown -> unknown.kind() == kind)
                .map(this::finding);
    }

    private Finding finding(UnknownName unknown) {
        var name = unknown.name();
        var summary = unknown.owner()
                .map(owner -> "`" + owner + "` has no " + kind.noun() + " `" + name + "`")
                .orElse("there is no " + kind.noun() + " `" + name + "`");
        var finding = finding(name.at(), unknown.subject(), summary);
        if (unknown.derived().isPresent()) {
            return finding.withHelp(unknown.derived().get());
        }
        var elsewhere = knownElsewhere(name.value());
        if (elsewhere.isPresent()) {
            return Corrections.of(
                    finding.withHelp("here it is `" + elsewhere.get() + "`"), name.value(), elsewhere.get());
        }
        return NearestName.of(name.value(), unknown.known())
                .map(nearest ->
                        Corrections.of(finding.withHelp("did you mean `" + nearest + "`?"), name.value(), nearest))
                .orElseGet(() -> finding.withHelp(
                        unknown.known().isEmpty() || unknown.known().size() > FEW
                                ? remedy(unknown)
                                : alternatives(unknown)));
    }

    /** What could be meant, when no known name is near and they are few. */
    String alternatives(UnknownName unknown) {
        return "there is " + Words.listed(unknown.known());
    }

    /** What a name that other languages have is called here. */
    Optional<String> knownElsewhere(String name) {
        return Optional.empty();
    }

    /** The edit to make when no known name is near and there are too many to list. */
    String remedy(UnknownName unknown) {
        return "declare the " + kind.noun() + " `" + unknown.name() + "`"
                + unknown.owner().map(owner -> " in `" + owner + "`").orElse("") + ", or correct the name";
    }
}
