package dev.schemaproof.catalog;

import static dev.schemaproof.catalog.Differences.quoted;

import dev.schemaproof.catalog.CatalogSequence.Counting;
import dev.schemaproof.catalog.Differences.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds every difference between the catalog that is and the one that should be: nothing missing, nothing extra.
 *
 * <p>Extensions and roles are compared as far as the model asks for them, as a server has others for other reasons. The
 * order of columns makes no difference. Triggers are not compared: what they do is for other proofs to show. An expression
 * that the database could not print is compared by its presence only, see {@link #unprinted}.
 */
public final class CatalogComparison {

    private final Catalog expected;
    private final Catalog actual;
    private final Differences differences = new Differences();

    private CatalogComparison(Catalog expected, Catalog actual) {
        this.expected = expected;
        this.actual = actual;
    }

    /**
     * All differences, by kind of thing and by name.
     *
     * @param expected what the model asks for, printed by the same database
     * @param actual what the database holds
     */
    public static List<CatalogDifference> differences(Catalog expected, Catalog actual) {
        CatalogComparison comparison = new CatalogComparison(expected, actual);
        comparison.compare();
        return comparison.differences.found();
    }

    /** What of a catalog could not be printed and is therefore compared by its presence only, one phrase each. */
    public static List<String> unprinted(Catalog catalog) {
        return new Unprinted(catalog).phrases();
    }

    private void compare() {
        differences.both(
                expected.schemas(), actual.schemas(), name -> Subject.of("schema", name), (subject, should, is) -> {
                    differences.grants(subject, should.grants(), is.grants());
                    differences.comment(subject, should.comment(), is.comment());
                });
        differences.both(
                expected.extensions(),
                asked(actual.extensions(), expected.extensions().keySet()),
                name -> Subject.of("extension", name),
                this::extension);
        differences.both(
                expected.roles(),
                asked(actual.roles(), expected.roles().keySet()),
                name -> Subject.of("role", name),
                this::role);
        differences.both(
                expected.enumerations(),
                actual.enumerations(),
                name -> Subject.of("enum", name),
                (subject, should, is) -> {
                    differences.different(
                            subject,
                            "has the labels " + is.labels(),
                            should.labels().toString(),
                            should.labels().equals(is.labels()));
                    differences.comment(subject, should.comment(), is.comment());
                });
        differences.both(expected.domains(), actual.domains(), name -> Subject.of("domain", name), this::domain);
        differences.both(
                expected.sequences(), actual.sequences(), name -> Subject.of("sequence", name), this::sequence);
        differences.both(
                expected.tables(),
                actual.tables(),
                this::tableSubject,
                (subject, should, is) -> new TableComparison(differences, subject, should, is).compare());
    }

    private static <T> Map<String, T> asked(Map<String, T> all, Set<String> names) {
        return all.entrySet().stream()
                .filter(entry -> names.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Subject tableSubject(CatalogName name) {
        CatalogTable table =
                expected.tables().getOrDefault(name, actual.tables().get(name));
        return new Subject(
                Optional.of(name),
                Optional.empty(),
                (table != null && table.query().isPresent() ? "materialized view " : "table ") + quoted(name));
    }

    private void extension(Subject subject, CatalogExtension should, CatalogExtension is) {
        differences.different(
                subject,
                "stands in schema " + quoted(is.schema().orElse("")),
                quoted(should.schema().orElse("")),
                should.schema().isEmpty() || should.schema().equals(is.schema()));
        differences.different(
                subject,
                "has version " + quoted(is.version().orElse("")),
                quoted(should.version().orElse("")),
                should.version().isEmpty() || should.version().equals(is.version()));
    }

    /** A role of the server may be a member of others that this model knows nothing of. */
    private void role(Subject subject, CatalogRole should, CatalogRole is) {
        differences.different(
                subject,
                is.login() ? "has a login" : "has no login",
                should.login() ? "that it has one" : "that it has none",
                should.login() == is.login());
        Set<String> roles = new TreeSet<>(should.memberOf());
        roles.addAll(is.memberOf());
        roles.removeIf(
                role -> !should.memberOf().contains(role) && !expected.roles().containsKey(role));
        for (String role : roles) {
            differences.truth(
                    subject,
                    "a member of " + quoted(role),
                    should.memberOf().contains(role),
                    is.memberOf().contains(role));
        }
    }

    private void domain(Subject subject, CatalogDomain should, CatalogDomain is) {
        differences.different(
                subject,
                "is made of " + quoted(is.type()),
                quoted(should.type()),
                !should.type().contradicts(is.type()));
        differences.different(
                subject,
                is.required() ? "may not be null" : "may be null",
                should.required() ? "that it may not" : "that it may",
                should.required() == is.required());
        differences.expression(subject, "default", should.defaultValue(), is.defaultValue());
        differences.collation(subject, should.collation(), is.collation());
        new CheckComparison(differences, subject).compare(should.checks(), is.checks());
        differences.comment(subject, should.comment(), is.comment());
    }

    private void sequence(Subject subject, CatalogSequence should, CatalogSequence is) {
        differences.different(
                subject,
                "is of type " + quoted(is.type()),
                quoted(should.type()),
                should.type().equals(is.type()));
        counting(differences, subject, should.counting(), is.counting());
        differences.different(
                subject,
                is.owner().map(owner -> "is owned by " + quoted(owner)).orElse("is owned by no column"),
                should.owner().map(Differences::quoted).orElse("by none"),
                should.owner().equals(is.owner()));
        differences.grants(subject, should.grants(), is.grants());
        differences.comment(subject, should.comment(), is.comment());
    }

    static void counting(Differences differences, Subject subject, Counting should, Counting is) {
        number(differences, subject, "starts with ", should.start(), is.start());
        number(differences, subject, "counts in steps of ", should.increment(), is.increment());
        number(differences, subject, "has the least number ", should.minimum(), is.minimum());
        number(differences, subject, "has the greatest number ", should.maximum(), is.maximum());
        number(differences, subject, "has the cache size ", should.cache(), is.cache());
        differences.different(
                subject,
                is.cycle() ? "begins anew at its end" : "does not begin anew at its end",
                should.cycle() ? "that it does" : "that it does not",
                should.cycle() == is.cycle());
    }

    private static void number(Differences differences, Subject subject, String words, long should, long is) {
        differences.different(subject, words + is, String.valueOf(should), should == is);
    }
}
