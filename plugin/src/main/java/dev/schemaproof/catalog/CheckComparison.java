package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogTable.Check;
import dev.schemaproof.catalog.Differences.Subject;
import java.util.Comparator;
import java.util.List;

/**
 * Compares the checks of a table or a domain: by their names, and those that nobody has named by their conditions.
 *
 * @param owner the table or domain
 */
record CheckComparison(Differences differences, Subject owner) {

    void compare(List<Check> should, List<Check> is) {
        // Those that could not be printed take what the others leave
        List<Check> printedFirst = should.stream()
                .sorted(Comparator.comparing(check -> !check.condition().printed()))
                .toList();
        differences.named(
                printedFirst,
                is,
                Check::name,
                (one, other) -> !one.condition().contradicts(other.condition()),
                this::subject,
                this::check);
    }

    private Subject subject(Check check) {
        return new Subject(
                owner.table(),
                owner.table().isPresent() ? check.name() : owner.element(),
                words(check, owner.table().map(Differences::quoted).orElse(owner.words())));
    }

    private void check(Subject subject, Check should, Check is) {
        differences.different(
                subject,
                "is `" + is.condition() + "`",
                "`" + should.condition() + "`",
                !should.condition().contradicts(is.condition()));
        differences.different(
                subject,
                is.noInherit() ? "holds for the table alone" : "holds for what inherits from the table too",
                should.noInherit() ? "for the table alone" : "for what inherits from it too",
                should.noInherit() == is.noInherit());
        differences.truth(subject, "known to hold for all rows", should.validated(), is.validated());
        differences.comment(subject, should.comment(), is.comment());
    }

    /** @param ownerWords whose check it is */
    static String words(Check check, String ownerWords) {
        return "check `" + check.name().orElseGet(() -> check.condition().text()) + "` of " + ownerWords;
    }
}
