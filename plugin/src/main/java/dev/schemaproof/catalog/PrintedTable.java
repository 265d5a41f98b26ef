package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogTable.Check;
import dev.schemaproof.catalog.CatalogTable.Column;
import dev.schemaproof.catalog.CatalogTable.Constraints;
import dev.schemaproof.catalog.CatalogTable.Exclusion;
import dev.schemaproof.catalog.CatalogTable.Index;
import dev.schemaproof.catalog.CatalogTable.Part;
import dev.schemaproof.catalog.CatalogTable.Partition;
import dev.schemaproof.catalog.CatalogTable.Partitioning;
import dev.schemaproof.catalog.CatalogTable.Policy;
import dev.schemaproof.catalog.CatalogTable.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table with the words of its temporary copy where that has them.
 *
 * @param table as it was written
 * @param copy what the database made of it
 * @param query what the database made of its query
 * @param user the role that the words for the current one stand for
 */
record PrintedTable(CatalogTable table, CatalogTable copy, Optional<Expression> query, String user) {

    CatalogTable merged() {
        Map<String, Column> columns = byName(copy.columns(), Column::name);
        return new CatalogTable(
                table.name(),
                either(table.query(), query),
                table.columns().stream()
                        .map(column -> merged(column, columns.get(column.name())))
                        .toList(),
                constraints(),
                indexes(),
                table.partitioning().map(this::partitioning),
                security(),
                table.unlogged(),
                table.storage(),
                table.comment(),
                table.triggers());
    }

    static CatalogDomain merged(CatalogDomain domain, CatalogDomain copy) {
        return new CatalogDomain(
                domain.name(),
                copy.type(),
                domain.required(),
                // A domain over another has that one's default
                copy.defaultValue().or(domain::defaultValue),
                copy.collation(),
                checks(domain.checks(), copy.checks()),
                domain.comment());
    }

    private static Column merged(Column column, @Nullable Column copy) {
        return copy == null
                ? column
                : new Column(
                        column.name(),
                        copy.type(),
                        column.nullable(),
                        either(column.defaultValue(), copy.defaultValue()),
                        either(column.generated(), copy.generated()),
                        column.virtual(),
                        column.identity(),
                        column.counting(),
                        copy.collation(),
                        column.comment());
    }

    private Constraints constraints() {
        Map<String, Exclusion> copies = byName(copy.exclusions(), Exclusion::name);
        return new Constraints(
                table.primaryKey(),
                table.uniques(),
                table.foreignKeys(),
                checks(table.checks(), copy.checks()),
                table.exclusions().stream()
                        .map(exclusion -> {
                            Exclusion same = copies.get(exclusion.name());
                            return same == null
                                    ? exclusion
                                    : new Exclusion(
                                            merged(exclusion.index(), same.index()),
                                            exclusion.operators(),
                                            exclusion.deferral(),
                                            exclusion.comment());
                        })
                        .toList());
    }

    private static List<Check> checks(List<Check> checks, List<Check> copies) {
        Map<String, Check> byName = byName(copies, check -> check.name().orElseThrow());
        List<Check> printed = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            Check check = checks.get(i);
            Check same = byName.get(ScratchSql.checkName(i));
            printed.add(
                    same == null
                            ? check
                            : new Check(
                                    check.name(),
                                    same.condition(),
                                    check.noInherit(),
                                    check.validated(),
                                    check.comment()));
        }
        return printed;
    }

    private List<Index> indexes() {
        Map<String, Index> copies = byName(copy.indexes(), Index::name);
        return table.indexes().stream()
                .map(index -> {
                    Index same = copies.get(index.name());
                    return same == null ? index : merged(index, same);
                })
                .toList();
    }

    private static Index merged(Index index, Index copy) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < index.parts().size(); i++) {
            Part part = index.parts().get(i);
            Part same = copy.parts().get(i);
            parts.add(new Part(
                    // A column in parentheses is a column to PostgreSQL
                    part.column().or(same::column),
                    same.expression(),
                    part.descending(),
                    part.nullsFirst(),
                    same.collation(),
                    same.operatorClass(),
                    same.classOptions()));
        }
        return new Index(
                index.name(),
                index.method(),
                index.unique(),
                parts,
                index.include(),
                copy.where(),
                index.nullsNotDistinct(),
                index.storage(),
                index.valid(),
                index.comment());
    }

    private Partitioning partitioning(Partitioning division) {
        Map<String, Partition> copies = byName(
                copy.partitioning().map(Partitioning::partitions).orElse(List.of()),
                partition -> partition.name().name());
        return new Partitioning(
                copy.partitioning().map(Partitioning::key).orElse(division.key()),
                division.partitions().stream()
                        .map(partition -> {
                            Partition same = copies.get(partition.name().name());
                            return same == null
                                    ? partition
                                    : new Partition(
                                            partition.name(),
                                            partition.parent(),
                                            same.bound(),
                                            either(partition.key(), same.key()),
                                            partition.unlogged(),
                                            partition.storage(),
                                            partition.comment());
                        })
                        .toList());
    }

    private Security security() {
        Map<String, Policy> copies = byName(copy.security().policies(), Policy::name);
        Security security = table.security();
        return new Security(
                security.rowSecurity(),
                security.forced(),
                security.policies().stream()
                        .map(policy -> {
                            Policy same = copies.get(policy.name());
                            return same == null
                                    ? policy
                                    : new Policy(
                                            policy.name(),
                                            policy.command(),
                                            policy.restrictive(),
                                            roles(policy),
                                            same.using(),
                                            same.check(),
                                            policy.comment());
                        })
                        .toList(),
                security.grants());
    }

    private Set<String> roles(Policy policy) {
        return policy.roles().stream()
                .map(role -> ModelCatalog.isOwner(role) ? user : role)
                .collect(Collectors.toSet());
    }

    private static <T> Map<String, T> byName(List<T> things, Function<T, String> name) {
        return things.stream().collect(Collectors.toMap(name, thing -> thing, (one, other) -> one));
    }

    private static Optional<Expression> either(Optional<Expression> written, Optional<Expression> printed) {
        return written.isEmpty() ? written : printed.or(() -> written);
    }
}
