package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.generate.relational.FollowScript.Bound;
import dev.schemaproof.generate.relational.FollowScript.Copied;
import dev.schemaproof.generate.relational.FollowScript.Table;
import dev.schemaproof.generate.relational.FollowScript.Way;
import dev.schemaproof.generate.relational.SchemaScript.Constraint;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what {@code triggers.sql} says of copies that follow a row which is referred to.
 *
 * <p>That they follow is the work of foreign keys, which {@code schema.sql} makes, or of ties: see {@link TieBuilder}. The
 * triggers fill them.
 */
final class FollowBuilder {

    /** PostgreSQL runs triggers by name, and this one looks at what all others have made of the row. */
    private static final String LAST = "zzzz_schemaproof_follow_";

    private final Model model;
    private final RelationalStore store;
    private final List<CopyContract> copies;

    FollowBuilder(Model model, RelationalStore store, List<CopyContract> copies) {
        this.model = model;
        this.store = store;
        this.copies = copies;
    }

    FollowScript build() {
        var tables = copies.stream()
                .collect(Collectors.groupingBy(copy -> SqlText.table(copy.entity()), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(FollowBuilder::table)
                .toList();
        var said = tables.toString();
        return new FollowScript(
                DIALECT.dollarTag("schemaproof", said),
                DIALECT.dollarTag("function", said),
                copies.stream()
                        .flatMap(copy -> copy.path().stream())
                        .map(step -> SqlText.table(step.target()))
                        .distinct()
                        .sorted()
                        .toList(),
                tables,
                bounds());
    }

    /** The keys first, as the foreign keys refer to them. */
    private List<Bound> bounds() {
        var entities = model.entitiesOf(store);
        var constraints = new ConstraintBuilder(model, store, new TableOrder(entities), copies);
        return Stream.concat(
                        entities.stream().flatMap(entity -> bounds(entity, constraints.followedKeys(entity))),
                        entities.stream().flatMap(entity -> bounds(entity, constraints.followingKeys(entity))))
                .toList();
    }

    private static Stream<Bound> bounds(Entity entity, List<Constraint> constraints) {
        return constraints.stream()
                .map(constraint -> new Bound(
                        SqlText.table(entity),
                        DIALECT.literal(SqlText.table(entity)),
                        DIALECT.literal(constraint.name()),
                        DIALECT.literal(String.join(" ", constraint.why())),
                        constraint));
    }

    private static Table table(List<CopyContract> copies) {
        var entity = copies.get(0).entity();
        var ways =
                byPath(copies, copy -> !copy.isTied()).map(FollowBuilder::way).toList();
        var ties = byPath(copies, CopyContract::isTied).map(TieBuilder::tie).toList();
        return new Table(
                SqlText.table(entity),
                contracts(copies),
                DIALECT.qualified(
                        entity.relational().schema(),
                        PostgresNames.fit("schemaproof_follow_" + entity.table().value())),
                LAST + "insert",
                LAST + "update",
                decisive(entity, copies),
                ways,
                ties);
    }

    private static Stream<List<CopyContract>> byPath(List<CopyContract> copies, Predicate<CopyContract> some) {
        return copies.stream()
                .filter(some)
                .collect(Collectors.groupingBy(TieBuilder::path, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream();
    }

    private static Way way(List<CopyContract> copies) {
        var first = copies.get(0);
        return new Way(
                contracts(copies),
                SqlText.table(first.target()),
                first.target().equals(first.entity()),
                columns(first.target(), first.referred()),
                columns(first.entity(), first.reference().names()),
                decisive(first.entity(), copies),
                copied(copies, ""));
    }

    /**
     * What is copied over one path.
     *
     * @param row by which the columns of the source are read
     */
    static List<Copied> copied(List<CopyContract> copies, String row) {
        List<Copied> copied = new ArrayList<>();
        for (var copy : copies) {
            copied.add(new Copied(
                    SqlText.column(copy.entity(), copy.copy().name().value()),
                    row + SqlText.column(copy.origin(), copy.source().name().value()),
                    "copy_" + (copied.size() + 1),
                    Stream.of(
                                    copy.copy().column().value(),
                                    copy.name(),
                                    copy.source().column().value(),
                                    copy.origin().table().value())
                            .map(DIALECT::literal)
                            .toList()));
        }
        return copied;
    }

    private static List<String> decisive(Entity entity, List<CopyContract> copies) {
        return columns(
                entity,
                copies.stream()
                        .flatMap(copy -> copy.following().stream())
                        .distinct()
                        .toList());
    }

    private static List<String> columns(Entity entity, List<String> names) {
        return names.stream().map(name -> SqlText.column(entity, name)).toList();
    }

    private static String contracts(List<CopyContract> copies) {
        return SqlText.remark(copies.stream().map(CopyContract::name).toList());
    }
}
