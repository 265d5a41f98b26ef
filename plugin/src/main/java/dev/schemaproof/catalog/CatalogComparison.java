package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogDifference.Kind;
import dev.schemaproof.catalog.CatalogTable.Check;
import dev.schemaproof.catalog.CatalogTable.Column;
import dev.schemaproof.catalog.CatalogTable.ForeignKey;
import dev.schemaproof.catalog.CatalogTable.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds every difference between the catalog that is and the one that should be: nothing missing, nothing extra.
 *
 * <p>The order of columns and the names of constraints that the model does not name make no difference. Triggers are not
 * compared: what they do is for other proofs to show. An expression that the database could not print is compared by its
 * presence only, see {@link #unprinted}.
 */
public final class CatalogComparison {

    private final Catalog expected;
    private final Catalog actual;
    private final List<CatalogDifference> differences = new ArrayList<>();

    private CatalogComparison(Catalog expected, Catalog actual) {
        this.expected = expected;
        this.actual = actual;
    }

    /**
     * All differences, by table.
     *
     * @param expected what the model asks for, printed by the same database
     * @param actual what the database holds
     */
    public static List<CatalogDifference> differences(Catalog expected, Catalog actual) {
        CatalogComparison comparison = new CatalogComparison(expected, actual);
        comparison.compare();
        return List.copyOf(comparison.differences);
    }

    /** What of a catalog could not be printed and is therefore compared by its presence only, one phrase each. */
    public static List<String> unprinted(Catalog catalog) {
        List<String> phrases = new ArrayList<>();
        for (CatalogTable table : catalog.tables().values()) {
            for (Column column : table.columns()) {
                String name = column(table.name(), column.name());
                addUnprinted(phrases, Optional.of(column.type()), "the type of " + name);
                addUnprinted(phrases, column.defaultValue(), "the default of " + name);
                addUnprinted(phrases, column.generated(), "the expression of " + name);
            }
            for (Check check : table.checks()) {
                addUnprinted(phrases, Optional.of(check.condition()), check(table.name(), check));
            }
            for (Index index : table.indexes()) {
                addUnprinted(phrases, index.where(), "the condition of index `" + index.name() + "`");
                index.parts()
                        .forEach(part -> addUnprinted(
                                phrases, part.expression(), "an expression of index `" + index.name() + "`"));
            }
        }
        for (CatalogDomain domain : catalog.domains().values()) {
            domain.checks()
                    .forEach(check ->
                            addUnprinted(phrases, Optional.of(check), "the check of domain `" + domain.name() + "`"));
        }
        return phrases;
    }

    private static void addUnprinted(List<String> phrases, Optional<Expression> expression, String phrase) {
        expression.filter(text -> !text.printed()).ifPresent(text -> phrases.add(phrase));
    }

    private void compare() {
        both(
                expected.enumerations(),
                actual.enumerations(),
                name -> new Subject(Optional.empty(), Optional.of(name), "enum `" + name + "`"),
                (subject, should, is) ->
                        different(subject, "has the labels " + is, should.toString(), should.equals(is)));
        both(
                expected.domains(),
                actual.domains(),
                name -> new Subject(Optional.empty(), Optional.of(name), "domain `" + name + "`"),
                this::domain);
        both(
                expected.tables(),
                actual.tables(),
                name -> new Subject(Optional.of(name), Optional.empty(), "table `" + name + "`"),
                (subject, should, is) -> table(should, is));
    }

    private void domain(Subject subject, CatalogDomain should, CatalogDomain is) {
        different(
                subject,
                "is made of " + is.type(),
                should.type().text(),
                !should.type().contradicts(is.type()));
        boolean same = should.checks().size() == is.checks().size();
        for (int i = 0; same && i < should.checks().size(); i++) {
            same = !should.checks().get(i).contradicts(is.checks().get(i));
        }
        different(subject, "has the checks " + is.checks(), should.checks().toString(), same);
    }

    private void table(CatalogTable should, CatalogTable is) {
        String table = should.name();
        both(
                byName(should.columns(), Column::name),
                byName(is.columns(), Column::name),
                name -> new Subject(Optional.of(table), Optional.of(name), "column " + column(table, name)),
                this::column);
        primaryKey(should, is);
        both(
                byName(should.uniques(), key -> list(key.columns())),
                byName(is.uniques(), key -> list(key.columns())),
                columns -> new Subject(
                        Optional.of(table),
                        Optional.of(columns),
                        "unique constraint on " + columns + " of `" + table + "`"),
                (subject, one, other) -> different(
                        subject,
                        "is called `" + other.name().orElse("") + "`",
                        one.name().map(name -> "`" + name + "`").orElse(""),
                        one.name().isEmpty() || one.name().equals(other.name())));
        both(
                byName(should.foreignKeys(), CatalogComparison::path),
                byName(is.foreignKeys(), CatalogComparison::path),
                path -> new Subject(
                        Optional.of(table), Optional.of(path), "foreign key " + path + " of `" + table + "`"),
                this::foreignKey);
        checks(table, should.checks(), is.checks());
        both(
                byName(should.indexes(), Index::name),
                byName(is.indexes(), Index::name),
                name -> new Subject(Optional.of(table), Optional.of(name), "index `" + name + "` of `" + table + "`"),
                this::index);
    }

    private void column(Subject subject, Column should, Column is) {
        different(
                subject,
                "is of type `" + is.type() + "`",
                "`" + should.type() + "`",
                !should.type().contradicts(is.type()));
        different(
                subject,
                is.nullable() ? "may be null" : "may not be null",
                should.nullable() ? "that it may" : "that it may not",
                should.nullable() == is.nullable());
        expression(subject, "default", should.defaultValue(), is.defaultValue());
        expression(subject, "generating expression", should.generated(), is.generated());
        different(
                subject,
                is.identity().words(),
                "that it " + should.identity().words(),
                should.identity() == is.identity());
        different(
                subject,
                "is collated by " + is.collation().orElse("default"),
                should.collation().orElse("default"),
                should.collation().equals(is.collation()));
    }

    private void expression(Subject subject, String what, Optional<Expression> should, Optional<Expression> is) {
        boolean same = should.isPresent() == is.isPresent()
                && (should.isEmpty() || !should.orElseThrow().contradicts(is.orElseThrow()));
        different(
                subject,
                is.map(text -> "has the " + what + " `" + text + "`").orElse("has no " + what),
                should.map(text -> "`" + text + "`").orElse("none"),
                same);
    }

    private void primaryKey(CatalogTable should, CatalogTable is) {
        Subject subject =
                new Subject(Optional.of(should.name()), Optional.empty(), "the primary key of `" + should.name() + "`");
        if (should.primaryKey().isEmpty() || is.primaryKey().isEmpty()) {
            presence(subject, should.primaryKey().isPresent(), is.primaryKey().isPresent());
            return;
        }
        List<String> one = should.primaryKey().orElseThrow().columns();
        List<String> other = is.primaryKey().orElseThrow().columns();
        different(subject, "is " + list(other), list(one), one.equals(other));
    }

    private void foreignKey(Subject subject, ForeignKey should, ForeignKey is) {
        different(
                subject,
                "does " + is.onDelete() + " on delete",
                should.onDelete(),
                should.onDelete().equals(is.onDelete()));
        different(
                subject,
                "does " + is.onUpdate() + " on update",
                should.onUpdate(),
                should.onUpdate().equals(is.onUpdate()));
        different(
                subject,
                is.deferrable() ? "is deferrable" : "is not deferrable",
                should.deferrable() ? "that it is" : "that it is not",
                should.deferrable() == is.deferrable());
    }

    /** Checks are matched by their names, and those that the model does not name by their conditions. */
    private void checks(String table, List<Check> should, List<Check> is) {
        List<Check> left = new ArrayList<>(is);
        List<Check> unnamed = new ArrayList<>();
        for (Check check : should) {
            if (check.name().isEmpty()) {
                unnamed.add(check);
                continue;
            }
            Subject subject = subject(table, check);
            Optional<Check> same = left.stream()
                    .filter(other -> other.name().equals(check.name()))
                    .findFirst();
            same.ifPresentOrElse(
                    other -> {
                        left.remove(other);
                        different(
                                subject,
                                "is `" + other.condition() + "`",
                                "`" + check.condition() + "`",
                                !check.condition().contradicts(other.condition()));
                    },
                    () -> presence(subject, true, false));
        }
        // Those that could not be printed take what the others leave
        unnamed.sort((one, other) ->
                Boolean.compare(other.condition().printed(), one.condition().printed()));
        for (Check check : unnamed) {
            Optional<Check> same = left.stream()
                    .filter(other -> !check.condition().contradicts(other.condition()))
                    .findFirst();
            same.ifPresentOrElse(left::remove, () -> presence(subject(table, check), true, false));
        }
        left.forEach(check -> presence(subject(table, check), false, true));
    }

    private static Subject subject(String table, Check check) {
        return new Subject(Optional.of(table), check.name(), check(table, check));
    }

    private static String check(String table, Check check) {
        return check.name()
                .map(name -> "check `" + name + "` of `" + table + "`")
                .orElseGet(() -> "check `" + check.condition() + "` of `" + table + "`");
    }

    private void index(Subject subject, Index should, Index is) {
        different(
                subject,
                "is of method " + is.method(),
                should.method(),
                should.method().equals(is.method()));
        different(
                subject,
                is.unique() ? "is unique" : "is not unique",
                should.unique() ? "that it is" : "that it is not",
                should.unique() == is.unique());
        boolean same = should.parts().size() == is.parts().size();
        for (int i = 0; same && i < should.parts().size(); i++) {
            CatalogTable.Part one = should.parts().get(i);
            CatalogTable.Part other = is.parts().get(i);
            same = one.column().equals(other.column())
                    && one.descending() == other.descending()
                    && one.nullsFirst() == other.nullsFirst()
                    && (one.operatorClass().equals(other.operatorClass()) || unknownClass(should))
                    && (one.expression().isEmpty()
                            || !one.expression()
                                    .orElseThrow()
                                    .contradicts(other.expression().orElseThrow()));
        }
        different(subject, "is on " + list(is.parts()), list(should.parts()), same);
        different(
                subject,
                "includes " + list(is.include()),
                list(should.include()),
                should.include().equals(is.include()));
        expression(subject, "condition", should.where(), is.where());
    }

    /** An index that could not be made temporarily: whether a class that it states is the type's own is not known. */
    private static boolean unknownClass(Index index) {
        return index.parts().stream()
                .anyMatch(part ->
                        part.expression().filter(text -> !text.printed()).isPresent());
    }

    private void different(Subject subject, String is, String should, boolean same) {
        if (!same) {
            add(Kind.DIFFERENT, subject, subject.words() + " " + is + " in the database, the model says " + should);
        }
    }

    private void presence(Subject subject, boolean should, boolean is) {
        if (should && !is) {
            add(Kind.MISSING, subject, subject.words() + " is missing in the database");
        } else if (is && !should) {
            add(Kind.EXTRA, subject, subject.words() + " is in the database, but not in the model");
        }
    }

    private void add(Kind kind, Subject subject, String sentence) {
        differences.add(new CatalogDifference(kind, subject.table(), subject.element(), sentence));
    }

    private <T> void both(
            Map<String, T> should, Map<String, T> is, Function<String, Subject> subject, Matched<T> matched) {
        should.forEach((name, one) -> {
            T other = is.get(name);
            if (other == null) {
                presence(subject.apply(name), true, false);
            } else {
                matched.compare(subject.apply(name), one, other);
            }
        });
        is.keySet().stream()
                .filter(name -> !should.containsKey(name))
                .forEach(name -> presence(subject.apply(name), false, true));
    }

    private static <T> Map<String, T> byName(List<T> things, Function<T, String> name) {
        return things.stream().collect(Collectors.toMap(name, thing -> thing, (one, other) -> one, TreeMap::new));
    }

    private static String path(ForeignKey key) {
        return list(key.columns()) + " to `" + key.table() + "` " + list(key.referred());
    }

    private static String column(String table, String name) {
        return "`" + table + "." + name + "`";
    }

    private static String list(List<?> names) {
        return names.stream().map(Object::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    /**
     * What a difference is about.
     *
     * @param words a noun phrase for it
     */
    private record Subject(Optional<String> table, Optional<String> element, String words) {}

    @FunctionalInterface
    private interface Matched<T> {
        void compare(Subject subject, T should, T is);
    }
}
