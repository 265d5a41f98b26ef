package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.sql.NameFlaw;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.diagnostic.Severity;
import java.util.Set;
import java.util.stream.Stream;

/** What the rules about names in SQL have in common. */
abstract sealed class SqlNameRule implements Rule permits AmbiguousColumn, UnknownColumn, UnknownTable {

    /** More names than this are no help. */
    private static final int FEW = 8;

    private final Set<NameFlaw.Kind> kinds;

    SqlNameRule(Set<NameFlaw.Kind> kinds) {
        this.kinds = kinds;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.sql()
                .all()
                .flatMap(reading -> reading.names().flaws().stream()
                        .filter(flaw -> kinds.contains(flaw.kind()))
                        .map(flaw -> corrected(
                                finding(flaw.at(), reading.subject(), summary(flaw))
                                        .withHelp(help(flaw)),
                                flaw)));
    }

    private static Finding corrected(Finding finding, NameFlaw flaw) {
        return flaw.kind() == NameFlaw.Kind.AMBIGUOUS_COLUMN || flaw.kind() == NameFlaw.Kind.NO_COLUMNS
                ? finding
                : NearestName.of(flaw.name(), flaw.known())
                        .map(nearest -> Corrections.ofSql(finding, flaw.name(), nearest))
                        .orElse(finding);
    }

    abstract String summary(NameFlaw flaw);

    abstract String help(NameFlaw flaw);

    /** The nearest of the names that would have been possible, or all if they are few. */
    static String guess(NameFlaw flaw, String otherwise) {
        return NearestName.of(flaw.name(), flaw.known())
                .map(nearest -> "did you mean `" + nearest + "`?")
                .orElseGet(() -> flaw.known().isEmpty() || flaw.known().size() > FEW
                        ? otherwise
                        : "there is " + Words.listed(flaw.known()));
    }
}
