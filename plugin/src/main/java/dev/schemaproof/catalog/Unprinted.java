package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogTable.Check;
import dev.schemaproof.catalog.CatalogTable.Column;
import dev.schemaproof.catalog.CatalogTable.Index;
import dev.schemaproof.catalog.CatalogTable.Partition;
import dev.schemaproof.catalog.CatalogTable.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists what of a catalog could not be printed by the database. */
final class Unprinted {

    private final Catalog catalog;
    private final List<String> phrases = new ArrayList<>();

    Unprinted(Catalog catalog) {
        this.catalog = catalog;
    }

    /** One phrase each. */
    List<String> phrases() {
        catalog.domains().values().forEach(this::domain);
        catalog.tables().values().forEach(this::table);
        return List.copyOf(phrases);
    }

    private void domain(CatalogDomain domain) {
        String words = "domain `" + domain.name() + "`";
        add(domain.type(), "the type of " + words);
        add(domain.defaultValue(), "the default of " + words);
        domain.checks().forEach(check -> add(check.condition(), CheckComparison.words(check, words)));
    }

    private void table(CatalogTable table) {
        String words = "`" + table.name() + "`";
        add(table.query(), "the query of " + words);
        for (Column column : table.columns()) {
            String name = "`" + table.name() + "." + column.name() + "`";
            add(column.type(), "the type of " + name);
            add(column.defaultValue(), "the default of " + name);
            add(column.generated(), "the expression of " + name);
        }
        for (Check check : table.checks()) {
            add(check.condition(), CheckComparison.words(check, words));
        }
        table.exclusions().forEach(exclusion -> index("exclusion constraint", exclusion.index()));
        table.indexes().forEach(index -> index("index", index));
        table.partitioning().ifPresent(division -> {
            add(division.key(), "the partition key of " + words);
            for (Partition partition : division.partitions()) {
                add(partition.bound(), "the bound of partition `" + partition.name() + "`");
                add(partition.key(), "the partition key of partition `" + partition.name() + "`");
            }
        });
        for (Policy policy : table.security().policies()) {
            add(policy.using(), "the condition of policy `" + policy.name() + "` on rows that are seen");
            add(policy.check(), "the condition of policy `" + policy.name() + "` on rows that are written");
        }
    }

    private void index(String kind, Index index) {
        add(index.where(), "the condition of " + kind + " `" + index.name() + "`");
        index.parts().forEach(part -> add(part.expression(), "an expression of " + kind + " `" + index.name() + "`"));
    }

    private void add(Optional<Expression> expression, String phrase) {
        expression.ifPresent(text -> add(text, phrase));
    }

    private void add(Expression expression, String phrase) {
        if (!expression.printed()) {
            phrases.add(phrase);
        }
    }
}
