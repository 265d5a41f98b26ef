package dev.schemaproof.catalog;

import static dev.schemaproof.catalog.Differences.list;
import static dev.schemaproof.catalog.Differences.quoted;

import dev.schemaproof.catalog.CatalogTable.Column;
import dev.schemaproof.catalog.CatalogTable.Exclusion;
import dev.schemaproof.catalog.CatalogTable.ForeignKey;
import dev.schemaproof.catalog.CatalogTable.Index;
import dev.schemaproof.catalog.CatalogTable.Key;
import dev.schemaproof.catalog.CatalogTable.Part;
import dev.schemaproof.catalog.CatalogTable.Partition;
import dev.schemaproof.catalog.CatalogTable.Partitioning;
import dev.schemaproof.catalog.CatalogTable.Policy;
import dev.schemaproof.catalog.Differences.Subject;
import dev.schemaproof.model.Deferral;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares two tables, or two materialized views.
 *
 * @param subject the table
 */
record TableComparison(Differences differences, Subject subject, CatalogTable should, CatalogTable is) {

    void compare() {
        if (should.query().isPresent() != is.query().isPresent()) {
            differences.different(
                    subject,
                    is.query().isPresent() ? "is a materialized view" : "is a table",
                    should.query().isPresent() ? "a materialized view" : "a table",
                    false);
        } else {
            differences.expression(subject, "query", should.query(), is.query());
        }
        logging(subject, should.unlogged(), is.unlogged());
        differences.storage(subject, should.storage(), is.storage());
        differences.both(
                byName(should.columns(), Column::name),
                byName(is.columns(), Column::name),
                name -> new Subject(subject.table(), Optional.of(name), "column " + quoted(should.name() + "." + name)),
                this::column);
        constraints();
        differences.named(
                should.indexes(),
                is.indexes(),
                index -> Optional.of(index.name()),
                this::sameIndex,
                index -> within("index", index.name()),
                this::index);
        partitioning();
        security();
        differences.comment(subject, should.comment(), is.comment());
    }

    private void logging(Subject table, boolean one, boolean other) {
        differences.different(table, other ? "is unlogged" : "is logged", one ? "unlogged" : "logged", one == other);
    }

    private Subject within(String kind, String name) {
        return Subject.within(should.name(), kind, name);
    }

    private void column(Subject column, Column one, Column other) {
        differences.different(
                column,
                "is of type " + quoted(other.type()),
                quoted(one.type()),
                !one.type().contradicts(other.type()));
        differences.different(
                column,
                other.nullable() ? "may be null" : "may not be null",
                one.nullable() ? "that it may" : "that it may not",
                one.nullable() == other.nullable());
        differences.expression(column, "default", one.defaultValue(), other.defaultValue());
        differences.expression(column, "generating expression", one.generated(), other.generated());
        if (one.generated().isPresent() && other.generated().isPresent()) {
            differences.different(
                    column,
                    other.virtual() ? "is computed when it is read" : "is stored",
                    one.virtual() ? "that it is computed when it is read" : "that it is stored",
                    one.virtual() == other.virtual());
        }
        differences.different(
                column,
                other.identity().words(),
                "that it " + one.identity().words(),
                one.identity() == other.identity());
        if (one.counting().isPresent() && other.counting().isPresent()) {
            CatalogComparison.counting(
                    differences,
                    column.called("the sequence of " + column.words()),
                    one.counting().get(),
                    other.counting().get());
        }
        differences.collation(column, one.collation(), other.collation());
        differences.comment(column, one.comment(), other.comment());
    }

    private void constraints() {
        primaryKey();
        differences.named(
                should.uniques(),
                is.uniques(),
                key -> Optional.of(key.name()),
                (one, other) -> one.columns().equals(other.columns()),
                key -> within("unique constraint", key.name()),
                this::key);
        differences.named(
                should.foreignKeys(),
                is.foreignKeys(),
                key -> Optional.of(key.name()),
                (one, other) -> path(one).equals(path(other)),
                key -> within("foreign key", key.name()),
                this::foreignKey);
        new CheckComparison(differences, subject).compare(should.checks(), is.checks());
        differences.named(
                should.exclusions(),
                is.exclusions(),
                exclusion -> Optional.of(exclusion.name()),
                (one, other) -> elements(one).equals(elements(other)),
                exclusion -> within("exclusion constraint", exclusion.name()),
                this::exclusion);
    }

    private void primaryKey() {
        Subject key = new Subject(subject.table(), Optional.empty(), "the primary key of " + quoted(should.name()));
        if (should.primaryKey().isEmpty() || is.primaryKey().isEmpty()) {
            differences.presence(
                    key, should.primaryKey().isPresent(), is.primaryKey().isPresent());
            return;
        }
        Key one = should.primaryKey().get();
        Key other = is.primaryKey().get();
        differences.different(
                key,
                "is called " + quoted(other.name()),
                quoted(one.name()),
                one.name().equals(other.name()));
        key(key, one, other);
    }

    private void key(Subject key, Key one, Key other) {
        differences.names(key, "is on", one.columns(), other.columns());
        differences.names(key, "includes", one.include(), other.include());
        nullsNotDistinct(key, one.nullsNotDistinct(), other.nullsNotDistinct());
        differences.truth(key, "without overlaps", one.withoutOverlaps(), other.withoutOverlaps());
        deferral(key, one.deferral(), other.deferral());
        differences.storage(key, one.storage(), other.storage());
        differences.comment(key, one.comment(), other.comment());
    }

    private void nullsNotDistinct(Subject key, boolean one, boolean other) {
        differences.different(
                key,
                other ? "counts nulls as equal" : "counts nulls as different",
                one ? "as equal" : "as different",
                one == other);
    }

    private void deferral(Subject constraint, Deferral one, Deferral other) {
        differences.different(constraint, "is " + other.words(), one.words(), one == other);
    }

    private static String path(ForeignKey key) {
        return list(key.columns()) + " to " + quoted(key.table()) + " " + list(key.referred());
    }

    private void foreignKey(Subject key, ForeignKey one, ForeignKey other) {
        differences.different(
                key, "leads from " + path(other), "from " + path(one), path(one).equals(path(other)));
        differences.different(
                key,
                "does " + deletion(other) + " on delete",
                deletion(one),
                deletion(one).equals(deletion(other)));
        differences.different(
                key,
                "does " + other.onUpdate() + " on update",
                one.onUpdate(),
                one.onUpdate().equals(other.onUpdate()));
        differences.different(
                key, "matches " + other.match(), one.match(), one.match().equals(other.match()));
        deferral(key, one.deferral(), other.deferral());
        differences.truth(key, "about periods", one.period(), other.period());
        differences.truth(key, "known to hold for all rows", one.validated(), other.validated());
        differences.comment(key, one.comment(), other.comment());
    }

    private static String deletion(ForeignKey key) {
        return key.onDelete() + (key.setOnDelete().isEmpty() ? "" : " " + list(key.setOnDelete()));
    }

    private void exclusion(Subject constraint, Exclusion one, Exclusion other) {
        differences.different(
                constraint,
                "compares " + elements(other),
                elements(one),
                one.operators().equals(other.operators()) && sameParts(one.index(), other.index()));
        method(constraint, one.index(), other.index());
        rest(constraint, one.index(), other.index());
        deferral(constraint, one.deferral(), other.deferral());
        differences.comment(constraint, one.comment(), other.comment());
    }

    private static String elements(Exclusion exclusion) {
        List<Part> parts = exclusion.index().parts();
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < Math.min(parts.size(), exclusion.operators().size()); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(parts.get(i))
                    .append(" with ")
                    .append(exclusion.operators().get(i));
        }
        return text.append(")").toString();
    }

    private boolean sameIndex(Index one, Index other) {
        return one.method().equals(other.method())
                && one.unique() == other.unique()
                && sameParts(one, other)
                && one.include().equals(other.include())
                && Differences.agree(one.where(), other.where());
    }

    private void index(Subject index, Index one, Index other) {
        method(index, one, other);
        differences.truth(index, "unique", one.unique(), other.unique());
        differences.different(index, "is on " + list(other.parts()), list(one.parts()), sameParts(one, other));
        rest(index, one, other);
        if (one.unique() && other.unique()) {
            nullsNotDistinct(index, one.nullsNotDistinct(), other.nullsNotDistinct());
        }
        differences.truth(index, "valid", one.valid(), other.valid());
        differences.comment(index, one.comment(), other.comment());
    }

    private void method(Subject index, Index one, Index other) {
        differences.different(
                index,
                "is of method " + other.method(),
                one.method(),
                one.method().equals(other.method()));
    }

    private void rest(Subject index, Index one, Index other) {
        differences.names(index, "includes", one.include(), other.include());
        differences.expression(index, "condition", one.where(), other.where());
        differences.storage(index, one.storage(), other.storage());
    }

    private static boolean sameParts(Index should, Index is) {
        boolean same = should.parts().size() == is.parts().size();
        for (int i = 0; same && i < should.parts().size(); i++) {
            Part one = should.parts().get(i);
            Part other = is.parts().get(i);
            same = one.column().equals(other.column())
                    && one.descending() == other.descending()
                    && one.nullsFirst() == other.nullsFirst()
                    && (unprinted(should)
                            || one.operatorClass().equals(other.operatorClass())
                                    && one.classOptions().equals(other.classOptions())
                                    && one.collation().equals(other.collation()))
                    && Differences.agree(one.expression(), other.expression());
        }
        return same;
    }

    /** An index that could not be made temporarily: whether what it states goes without saying is not known. */
    private static boolean unprinted(Index index) {
        return index.parts().stream()
                .anyMatch(part ->
                        part.expression().filter(text -> !text.printed()).isPresent());
    }

    private void partitioning() {
        if (should.partitioning().isEmpty() || is.partitioning().isEmpty()) {
            differences.different(
                    subject,
                    is.partitioning()
                            .map(division -> "is partitioned by " + quoted(division.key()))
                            .orElse("is not partitioned"),
                    should.partitioning()
                            .map(division -> quoted(division.key()))
                            .orElse("that it is not partitioned"),
                    should.partitioning().isEmpty() == is.partitioning().isEmpty());
            return;
        }
        Partitioning one = should.partitioning().get();
        Partitioning other = is.partitioning().get();
        differences.different(
                subject,
                "is partitioned by " + quoted(other.key()),
                quoted(one.key()),
                !one.key().contradicts(other.key()));
        differences.both(
                byPartitionName(one.partitions()),
                byPartitionName(other.partitions()),
                name -> new Subject(
                        subject.table(),
                        Optional.of(name.name()),
                        "partition " + quoted(name) + " of " + quoted(should.name())),
                this::partition);
    }

    private void partition(Subject partition, Partition one, Partition other) {
        differences.different(
                partition,
                "is a part of " + quoted(other.parent()),
                quoted(one.parent()),
                one.parent().equals(other.parent()));
        differences.different(
                partition,
                "is " + quoted(other.bound()),
                quoted(one.bound()),
                !one.bound().contradicts(other.bound()));
        differences.expression(partition, "partition key", one.key(), other.key());
        logging(partition, one.unlogged(), other.unlogged());
        differences.storage(partition, one.storage(), other.storage());
        differences.comment(partition, one.comment(), other.comment());
    }

    private void security() {
        differences.different(
                subject,
                is.security().rowSecurity() ? "has row security" : "has no row security",
                should.security().rowSecurity() ? "that it has" : "that it has none",
                should.security().rowSecurity() == is.security().rowSecurity());
        differences.different(
                subject,
                is.security().forced() ? "forces row security on its owner" : "spares its owner row security",
                should.security().forced() ? "that it forces it" : "that it spares it",
                should.security().forced() == is.security().forced());
        differences.both(
                byName(should.security().policies(), Policy::name),
                byName(is.security().policies(), Policy::name),
                name -> within("policy", name),
                this::policy);
        differences.grants(subject, should.security().grants(), is.security().grants());
    }

    private void policy(Subject policy, Policy one, Policy other) {
        differences.different(
                policy,
                "is for " + other.command(),
                one.command(),
                one.command().equals(other.command()));
        differences.truth(policy, "restrictive", one.restrictive(), other.restrictive());
        differences.different(
                policy,
                "concerns " + String.join(", ", other.roles()),
                String.join(", ", one.roles()),
                one.roles().equals(other.roles()));
        differences.expression(policy, "condition on rows that are seen", one.using(), other.using());
        differences.expression(policy, "condition on rows that are written", one.check(), other.check());
        differences.comment(policy, one.comment(), other.comment());
    }

    private static <T> Map<String, T> byName(List<T> things, Function<T, String> name) {
        return things.stream().collect(Collectors.toMap(name, thing -> thing, (one, other) -> one, TreeMap::new));
    }

    private static Map<CatalogName, Partition> byPartitionName(List<Partition> partitions) {
        return partitions.stream()
                .collect(Collectors.toMap(Partition::name, partition -> partition, (one, other) -> one, TreeMap::new));
    }
}
