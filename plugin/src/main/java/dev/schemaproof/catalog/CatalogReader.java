package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogSequence.Owner;
import dev.schemaproof.catalog.CatalogTable.Check;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the catalog of PostgreSQL 15 to 18: one query for each kind of thing, however many tables there are.
 *
 * <p>Of the SQL schemas that are asked for, all tables and materialized views are read, ordinary and partitioned ones, with
 * everything that belongs to them, and all enums, domains and sequences; of the server all roles but its own. Left out are
 * the history table of Flyway, views, functions, what an extension has made, and what no model can say: table spaces,
 * statistics, publications and the like.
 */
public final class CatalogReader {

    private final Connection connection;
    private final String schema;
    private final Set<String> schemas;

    /**
     * Reads one SQL schema.
     *
     * @param connection used and left open; what is on its search path is printed without its schema
     * @param schema the SQL schema that comes first on the search path
     */
    public CatalogReader(Connection connection, String schema) {
        this(connection, schema, Set.of());
    }

    /**
     * Reads several SQL schemas.
     *
     * @param connection used and left open; what is on its search path is printed without its schema
     * @param schema the SQL schema that comes first on the search path; what stands there has no schema in the catalog
     * @param others further ones; those that do not exist are no error
     */
    public CatalogReader(Connection connection, String schema, Collection<String> others) {
        this.connection = connection;
        this.schema = schema;
        this.schemas = new LinkedHashSet<>(others);
        this.schemas.add(schema);
    }

    /** Reads everything. */
    public Catalog read() throws SQLException {
        TableRows tables = new TableRows();
        query(CatalogQueries.TABLES, tables::table);
        query(CatalogQueries.COLUMNS, tables::column);
        query(CatalogQueries.CONSTRAINTS, tables::constraint);
        query(CatalogQueries.INDEXES, tables::index);
        query(CatalogQueries.PARTITIONS, tables::partition);
        query(CatalogQueries.POLICIES, tables::policy);
        query(CatalogQueries.GRANTS, tables::grant);
        query(CatalogQueries.TRIGGERS, tables::trigger);
        Map<CatalogName, CatalogEnumeration> enumerations = new HashMap<>();
        query(CatalogQueries.ENUMERATIONS, row -> {
            CatalogName name = Rows.name(row, "name");
            enumerations.put(name, new CatalogEnumeration(name, Rows.texts(row, "labels"), Rows.text(row, "comment")));
        });
        Map<CatalogName, Map<String, Set<String>>> sequenceGrants = new HashMap<>();
        query(
                CatalogQueries.SEQUENCE_GRANTS,
                row -> Rows.addGrant(
                        sequenceGrants.computeIfAbsent(Rows.name(row, "name"), name -> new HashMap<>()),
                        row,
                        Optional.empty()));
        Map<CatalogName, CatalogSequence> sequences = new HashMap<>();
        query(CatalogQueries.SEQUENCES, row -> {
            CatalogSequence sequence =
                    sequence(row, new Grants(sequenceGrants.getOrDefault(Rows.name(row, "name"), Map.of())));
            sequences.put(sequence.name(), sequence);
        });
        Map<String, CatalogExtension> extensions = new HashMap<>();
        query(
                CatalogQueries.EXTENSIONS,
                row -> extensions.put(
                        row.getString("name"),
                        new CatalogExtension(
                                row.getString("name"), Rows.text(row, "schema"), Rows.text(row, "version"))));
        Map<String, CatalogRole> roles = new HashMap<>();
        query(
                CatalogQueries.ROLES,
                row -> roles.put(
                        row.getString("name"),
                        new CatalogRole(
                                row.getString("name"),
                                row.getBoolean("login"),
                                new TreeSet<>(Rows.texts(row, "member_of")))));
        return new Catalog(schemas(), extensions, roles, enumerations, domains(), sequences, tables.finished());
    }

    /** Reads what depends on how expressions are printed; that is enough for things that were made to be printed. */
    Catalog readPrinted() throws SQLException {
        TableRows tables = new TableRows();
        query(CatalogQueries.TABLES, tables::table);
        query(CatalogQueries.COLUMNS, tables::column);
        query(CatalogQueries.CONSTRAINTS, tables::constraint);
        query(CatalogQueries.INDEXES, tables::index);
        query(CatalogQueries.PARTITIONS, tables::partition);
        query(CatalogQueries.POLICIES, tables::policy);
        return new Catalog(Map.of(), Map.of(), Map.of(), Map.of(), domains(), Map.of(), tables.finished());
    }

    private Map<String, CatalogSchema> schemas() throws SQLException {
        Map<String, Optional<String>> comments = new HashMap<>();
        Map<String, Map<String, Set<String>>> grants = new HashMap<>();
        query(CatalogQueries.SCHEMAS, row -> {
            String name = row.getString("schema");
            comments.put(name, Rows.text(row, "comment"));
            if (row.getString("role") != null) {
                Rows.addGrant(grants.computeIfAbsent(name, key -> new HashMap<>()), row, Optional.empty());
            }
        });
        Map<String, CatalogSchema> schemasByName = new HashMap<>();
        comments.forEach((name, comment) -> schemasByName.put(
                name, new CatalogSchema(name, new Grants(grants.getOrDefault(name, Map.of())), comment)));
        return schemasByName;
    }

    private Map<CatalogName, CatalogDomain> domains() throws SQLException {
        Map<CatalogName, List<Check>> checks = new HashMap<>();
        query(
                CatalogQueries.DOMAIN_CHECKS,
                row -> checks.computeIfAbsent(Rows.name(row, "domain"), name -> new ArrayList<>())
                        .add(new Check(
                                Rows.text(row, "name"),
                                Rows.expression(row, "condition").orElseThrow(),
                                false,
                                row.getBoolean("validated"),
                                Rows.text(row, "comment"))));
        Map<CatalogName, CatalogDomain> domains = new HashMap<>();
        query(CatalogQueries.DOMAINS, row -> {
            CatalogName name = Rows.name(row, "name");
            domains.put(
                    name,
                    new CatalogDomain(
                            name,
                            Rows.expression(row, "type").orElseThrow(),
                            row.getBoolean("required"),
                            Rows.expression(row, "default"),
                            Rows.text(row, "collation"),
                            checks.getOrDefault(name, List.of()),
                            Rows.text(row, "comment")));
        });
        return domains;
    }

    private static CatalogSequence sequence(ResultSet row, Grants grants) throws SQLException {
        Optional<String> ownerTable = Rows.text(row, "owner_table");
        return new CatalogSequence(
                Rows.name(row, "name"),
                row.getString("type"),
                Rows.counting(row).orElseThrow(),
                ownerTable.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Owner(
                                Rows.name(row, "owner_schema", "owner_table"), row.getString("owner_column"))),
                grants,
                Rows.text(row, "comment"));
    }

    private void query(String sql, RowReader reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema);
            statement.setArray(2, connection.createArrayOf("text", schemas.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
