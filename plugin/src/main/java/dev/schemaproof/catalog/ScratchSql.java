package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogTable.Check;
import dev.schemaproof.catalog.CatalogTable.Column;
import dev.schemaproof.catalog.CatalogTable.Exclusion;
import dev.schemaproof.catalog.CatalogTable.Index;
import dev.schemaproof.catalog.CatalogTable.Part;
import dev.schemaproof.catalog.CatalogTable.Partition;
import dev.schemaproof.catalog.CatalogTable.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The statements that make temporary copies of a catalog's tables and domains, with everything in them that holds an
 * expression and nothing else.
 */
final class ScratchSql {

    /** The SQL schemas that nobody declares. */
    private static final Set<String> EVERYWHERE = Set.of("pg_catalog", "public");

    private static final String SCRATCH = "pg_temp.";

    private final Set<String> schemas;

    /** @param schemas the SQL schemas that the model declares */
    ScratchSql(Set<String> schemas) {
        this.schemas = schemas;
    }

    /**
     * Something to make temporarily.
     *
     * @param statement makes it
     * @param details each adds to it, and may be refused without harm to the others
     */
    record Scratch(String statement, List<String> details) {

        Scratch {
            details = List.copyOf(details);
        }

        /** All in one text. */
        String together() {
            return details.stream().collect(Collectors.joining(";\n", statement + ";\n", ""));
        }
    }

    /** @param number tells the table from the others that are made at the same time */
    Scratch of(CatalogTable table, int number) {
        String name = temporary(table.name());
        String alter = "ALTER TABLE " + name;
        List<String> details = new ArrayList<>();
        for (Column column : table.columns()) {
            String quoted = Identifiers.quoted(column.name());
            column.defaultValue()
                    .ifPresent(value -> details.add(alter + " ALTER " + quoted + " SET DEFAULT " + onItsOwn(value)));
            column.generated()
                    .ifPresent(value -> details.add(alter + " ADD " + definition(column) + " GENERATED ALWAYS AS ("
                            + onItsOwn(value) + ") " + (column.virtual() ? "VIRTUAL" : "STORED")));
        }
        details.addAll(checks(alter, table.checks()));
        table.partitioning()
                .ifPresent(division -> division.partitions().stream()
                        .filter(partition ->
                                !partition.bound().printed() || partition.key().isPresent())
                        .forEach(partition -> details.add(partition(partition))));
        table.exclusions().forEach(exclusion -> details.add(exclusion(alter, exclusion)));
        table.indexes().forEach(index -> details.add(index(name, index)));
        table.security().policies().forEach(policy -> details.add(policy(name, policy)));
        table.query().ifPresent(query -> details.add(view(table, number, query)));
        return new Scratch(
                table.columns().stream()
                                .filter(column -> column.generated().isEmpty())
                                .map(this::definition)
                                .collect(Collectors.joining(", ", "CREATE TABLE " + name + " (", ")"))
                        + table.partitioning()
                                .map(division -> partitionedBy(division.key()))
                                .orElse(""),
                details);
    }

    Scratch of(CatalogDomain domain) {
        String name = temporary(domain.name());
        List<String> details = new ArrayList<>();
        domain.defaultValue()
                .ifPresent(value -> details.add("ALTER DOMAIN " + name + " SET DEFAULT " + onItsOwn(value)));
        details.addAll(checks("ALTER DOMAIN " + name, domain.checks()));
        return new Scratch(
                "CREATE DOMAIN " + name + " AS " + domain.type().text() + collate(domain.collation()), details);
    }

    /** The name of the temporary view that shows what a materialized view does. */
    static String viewName(int number) {
        return "query " + number;
    }

    /** The name of a check's temporary copy; the model need not name it. */
    static String checkName(int number) {
        return "check " + number;
    }

    /** A part of an index or of a partition key. */
    String part(Part part) {
        return part.column()
                        .map(Identifiers::quoted)
                        .orElseGet(() -> "("
                                + part.expression().map(ScratchSql::onItsOwn).orElseThrow() + ")")
                + collate(part.collation())
                + part.operatorClass().map(name -> " " + name).orElse("")
                + (part.classOptions().isEmpty() ? "" : " (" + String.join(", ", part.classOptions()) + ")");
    }

    /** An expression may end in a comment, which must not take what follows with it. */
    static String onItsOwn(Expression expression) {
        String text = expression.text();
        return text.lastIndexOf("--") > text.lastIndexOf('\n') ? text + "\n" : text;
    }

    private static String temporary(CatalogName name) {
        return SCRATCH + Identifiers.quoted(name.name());
    }

    private String definition(Column column) {
        return Identifiers.quoted(column.name()) + " " + column.type().text() + collate(column.collation());
    }

    /** A dot belongs to the name, as in {@code en_US.utf8}, unless it stands behind a SQL schema. */
    private String collate(Optional<String> collation) {
        return collation
                .map(name -> {
                    String schema = name.substring(0, Math.max(0, name.indexOf('.')));
                    return " COLLATE "
                            + (EVERYWHERE.contains(schema) || schemas.contains(schema)
                                    ? Identifiers.quoted(schema) + "."
                                            + Identifiers.quoted(name.substring(schema.length() + 1))
                                    : Identifiers.quoted(name));
                })
                .orElse("");
    }

    private static List<String> checks(String alter, List<Check> checks) {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            statements.add(alter + " ADD CONSTRAINT " + Identifiers.quoted(checkName(i)) + " CHECK ("
                    + onItsOwn(checks.get(i).condition()) + ")");
        }
        return statements;
    }

    private static String partition(Partition partition) {
        return "CREATE TABLE " + temporary(partition.name()) + " PARTITION OF " + temporary(partition.parent()) + " "
                + partition.bound().text()
                + partition.key().map(ScratchSql::partitionedBy).orElse("");
    }

    private static String partitionedBy(Expression key) {
        return " PARTITION BY " + key.text();
    }

    private String exclusion(String alter, Exclusion exclusion) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < exclusion.operators().size(); i++) {
            elements.add(part(exclusion.index().parts().get(i)) + " WITH "
                    + exclusion.operators().get(i));
        }
        return alter + " ADD CONSTRAINT " + Identifiers.quoted(exclusion.name()) + " EXCLUDE USING "
                + exclusion.index().method() + " (" + String.join(", ", elements) + ")"
                + exclusion
                        .index()
                        .where()
                        .map(where -> " WHERE (" + onItsOwn(where) + ")")
                        .orElse("");
    }

    /** Only on the table itself, as an index on each of its partitions would tell nothing new. */
    private String index(String table, Index index) {
        return "CREATE INDEX " + Identifiers.quoted(index.name()) + " ON ONLY " + table + " USING " + index.method()
                + index.parts().stream().map(this::part).collect(Collectors.joining(", ", " (", ")"))
                + index.where().map(where -> " WHERE " + onItsOwn(where)).orElse("");
    }

    private static String policy(String table, Policy policy) {
        return "CREATE POLICY " + Identifiers.quoted(policy.name()) + " ON " + table + " FOR "
                + policy.command().toUpperCase(Locale.ROOT)
                + policy.using()
                        .map(using -> " USING (" + onItsOwn(using) + ")")
                        .orElse("")
                + policy.check()
                        .map(check -> " WITH CHECK (" + onItsOwn(check) + ")")
                        .orElse("");
    }

    private static String view(CatalogTable table, int number, Expression query) {
        return table.columns().stream()
                .map(column -> Identifiers.quoted(column.name()))
                .collect(Collectors.joining(
                        ", ",
                        "CREATE TEMPORARY VIEW " + Identifiers.quoted(viewName(number)) + " (",
                        ") AS " + onItsOwn(query)));
    }
}
