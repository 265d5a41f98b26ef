package dev.schemaproof.prove;

import dev.schemaproof.catalog.Catalog;
import dev.schemaproof.catalog.CatalogComparison;
import dev.schemaproof.catalog.CatalogDifference;
import dev.schemaproof.catalog.CatalogName;
import dev.schemaproof.catalog.CatalogReader;
import dev.schemaproof.catalog.CatalogTable;
import dev.schemaproof.catalog.ExpressionPrinter;
import dev.schemaproof.catalog.ModelCatalog;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Located;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** The database holds what the model says: nothing is missing, nothing is extra, and nothing is different. */
public final class CatalogMatches implements Proof {

    @Override
    public String name() {
        return "catalog-matches";
    }

    @Override
    public void prove(Bench bench, Consumer<ProofResult> results) throws SQLException {
        try (Connection connection = bench.connect()) {
            Catalog actual = new CatalogReader(
                            connection,
                            bench.request().database().schema(),
                            bench.store().schemas().keySet())
                    .read();
            Catalog expected = new ExpressionPrinter(connection).print(ModelCatalog.of(bench.model(), bench.store()));
            List<CatalogDifference> differences = CatalogComparison.differences(expected, actual);
            if (differences.isEmpty()) {
                results.accept(success(bench, expected));
            } else {
                results.accept(failure(bench, differences));
            }
        }
    }

    private ProofResult success(Bench bench, Catalog expected) {
        List<String> unprinted = CatalogComparison.unprinted(expected);
        return ProofResult.of(
                        name(),
                        bench.storeName(),
                        Verdict.PROVEN,
                        "the database has exactly the "
                                + Words.count(expected.tables().size(), "table") + " with "
                                + Words.count(
                                        sum(expected, table -> table.columns().size()), "column") + ", "
                                + Words.count(sum(expected, CatalogMatches::constraints), "constraint") + " and "
                                + Words.count(
                                        sum(expected, table -> table.indexes().size()), "index", "indexes")
                                + " that the model declares")
                .withDetails(unprinted.stream()
                        .map(phrase -> phrase + " is compared by its presence only, as the database could not print it")
                        .toList());
    }

    private ProofResult failure(Bench bench, List<CatalogDifference> differences) {
        List<String> sentences =
                differences.stream().map(CatalogDifference::sentence).toList();
        String statement = differences.size() == 1
                ? sentences.get(0)
                : "the database differs from the model in " + differences.size() + " places: " + Words.some(sentences);
        return ProofResult.of(name(), bench.storeName(), Verdict.FAILED, statement)
                .withDetails(differences.size() == 1 ? List.of() : sentences)
                .at(differences.stream()
                        .flatMap(difference -> place(bench, difference).stream())
                        .findFirst());
    }

    private static Optional<Location> place(Bench bench, CatalogDifference difference) {
        if (difference.table().isEmpty()) {
            return bench.locate(Optional.empty(), difference.element())
                    .or(() -> difference.element().flatMap(name -> ModelPlaces.ofStore(bench.store(), name)));
        }
        CatalogName table = difference.table().get();
        return bench.entities().stream()
                .filter(entity -> entity.table().value().equals(table.name())
                        && entity.relational().schema().map(Located::value).equals(table.schema()))
                .findFirst()
                .map(entity -> difference
                        .element()
                        .flatMap(name -> ModelPlaces.within(entity, name))
                        .orElseGet(() -> entity.table().at()));
    }

    private static int constraints(CatalogTable table) {
        return (int) table.primaryKey().stream().count()
                + table.uniques().size()
                + table.foreignKeys().size()
                + table.checks().size()
                + table.exclusions().size();
    }

    private static int sum(Catalog catalog, ToIntFunction<CatalogTable> count) {
        return catalog.tables().values().stream().mapToInt(count).sum();
    }
}
