package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.generate.relational.FollowScript.Copied;
import dev.schemaproof.generate.relational.FollowScript.Table;
import dev.schemaproof.generate.relational.FollowScript.Way;
import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what {@code triggers.sql} says of copies that follow a row which is referred to.
 *
 * <p>That they follow is the work of foreign keys, which {@code schema.sql} makes; the triggers fill them.
 */
final class FollowBuilder {

    /** PostgreSQL runs triggers by name, and this one looks at what all others have made of the row. */
    private static final String LAST = "zzzz_schemaproof_follow_";

    private final List<CopyContract> copies;

    FollowBuilder(List<CopyContract> copies) {
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
                        .map(copy -> SqlText.table(copy.target()))
                        .distinct()
                        .sorted()
                        .toList(),
                tables);
    }

    private static Table table(List<CopyContract> copies) {
        var entity = copies.get(0).entity();
        var ways = copies.stream()
                .collect(Collectors.groupingBy(
                        copy -> copy.reference().role().value(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(FollowBuilder::way)
                .toList();
        return new Table(
                SqlText.table(entity),
                contracts(copies),
                DIALECT.qualified(
                        entity.relational().schema(),
                        PostgresNames.fit("schemaproof_follow_" + entity.table().value())),
                LAST + "insert",
                LAST + "update",
                decisive(entity, copies),
                ways);
    }

    private static Way way(List<CopyContract> copies) {
        var first = copies.get(0);
        List<Copied> copied = new ArrayList<>();
        for (var copy : copies) {
            copied.add(new Copied(
                    SqlText.column(copy.entity(), copy.copy().name().value()),
                    SqlText.column(copy.target(), copy.source().name().value()),
                    "copy_" + (copied.size() + 1),
                    Stream.of(
                                    copy.copy().column().value(),
                                    copy.name(),
                                    copy.source().column().value(),
                                    copy.target().table().value())
                            .map(DIALECT::literal)
                            .toList()));
        }
        return new Way(
                contracts(copies),
                SqlText.table(first.target()),
                first.target().equals(first.entity()),
                columns(first.target(), first.referred()),
                columns(first.entity(), first.reference().names()),
                decisive(first.entity(), copies),
                copied);
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
