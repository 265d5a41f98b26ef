package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.CountContract;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.prove.data.RowMaker;
import dev.schemaproof.prove.data.Synthesizer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A count kept in a parent's column: how to count again without what was generated, and how to run what was generated.
 */
final class CountedCopy {

    private static final PostgresDialect SQL = new PostgresDialect();

    private final CountContract contract;
    private final Artifact drift;
    private final Artifact repair;

    private CountedCopy(CountContract contract, Artifact drift, Artifact repair) {
        this.contract = contract;
        this.drift = drift;
        this.repair = repair;
    }

    /** The copy, if the statements that find and repair its drift were generated. */
    static Optional<CountedCopy> of(Bench bench, CountContract contract) {
        return bench.artifact(driftPath(contract))
                .flatMap(drift ->
                        bench.artifact(repairPath(contract)).map(repair -> new CountedCopy(contract, drift, repair)));
    }

    static String driftPath(CountContract contract) {
        return "reconcile/" + Artifact.fileName(contract.name()) + ".drift.sql";
    }

    static String repairPath(CountContract contract) {
        return "reconcile/" + Artifact.fileName(contract.name()) + ".repair.sql";
    }

    CountContract contract() {
        return contract;
    }

    /** The copy in the user's words: {@code `User.follower_count`}. */
    String described() {
        return Words.name(contract.parent().name() + "." + contract.copy().name());
    }

    /**
     * A parent whose copy is wrong.
     *
     * @param key of the parent, as texts
     */
    record Drift(List<String> key, long held, long counted) {

        @Override
        public String toString() {
            return "(" + String.join(", ", key) + ") holds " + Words.number(held) + " where " + Words.number(counted)
                    + " would be right";
        }
    }

    /**
     * Counts all over again, in this program: nothing of what was generated takes part. Both sides are read by one
     * statement each, so the connection must see one snapshot if others write.
     */
    static List<Drift> recount(Connection connection, CountContract contract) throws SQLException {
        Map<List<String>, Long> counted = new HashMap<>();
        String where = contract.where()
                .map(SourceText::value)
                // On a line of its own, as the condition may end in a comment
                .map(condition -> " WHERE (" + condition + "\n)")
                .orElse("");
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT " + texts(contract.childColumns()) + " FROM " + table(contract.child()) + where)) {
            while (row.next()) {
                counted.merge(key(row, contract.childColumns().size()), 1L, Long::sum);
            }
        }
        List<Drift> wrong = new ArrayList<>();
        int size = contract.parentColumns().size();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + texts(contract.parentColumns()) + ", "
                        + column(contract.copy())
                        + " FROM " + table(contract.parent()) + " ORDER BY " + names(contract.parentColumns()))) {
            while (row.next()) {
                List<String> key = key(row, size);
                long held = row.getLong(size + 1);
                long right = counted.getOrDefault(key, 0L);
                if (held != right || row.wasNull()) {
                    wrong.add(new Drift(key, held, right));
                }
            }
        }
        return wrong;
    }

    /** Counts this copy all over again. */
    List<Drift> recount(Connection connection) throws SQLException {
        return recount(connection, contract);
    }

    /** The keys of the rows that the generated statement finds. */
    List<List<String>> generatedDrift(Connection connection) throws SQLException {
        List<List<String>> keys = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            boolean rows = statement.execute(drift.text());
            while (!rows && statement.getUpdateCount() >= 0) {
                rows = statement.getMoreResults();
            }
            if (!rows) {
                throw new SQLException("`" + drift.path() + "` returns no rows at all", "02000");
            }
            try (ResultSet row = statement.getResultSet()) {
                while (row.next()) {
                    List<String> key = new ArrayList<>();
                    for (String column : contract.parentColumns()) {
                        key.add(row.getString(column));
                    }
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    /** Runs the generated repair. */
    void generatedRepair(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(repair.text());
        }
    }

    /** The parents' keys and what they hold, the largest first. */
    List<Drift> held(Connection connection) throws SQLException {
        int size = contract.parentColumns().size();
        List<Drift> held = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + texts(contract.parentColumns()) + ", " + copyColumn()
                        + " FROM " + table(contract.parent()) + " ORDER BY " + copyColumn() + " DESC, "
                        + names(contract.parentColumns()))) {
            while (row.next()) {
                held.add(new Drift(key(row, size), row.getLong(size + 1), row.getLong(size + 1)));
            }
        }
        return held;
    }

    /** Writes the copy of one parent directly. */
    void write(Connection connection, List<String> key, long value) throws SQLException {
        String sql = "UPDATE " + table(contract.parent()) + " SET " + copyColumn() + " = " + value + " WHERE "
                + equal(contract.parent(), contract.parent().keyNames());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Synthesizer.bind(statement, key);
            statement.executeUpdate();
        }
    }

    String copyColumn() {
        return SQL.identifier(contract.copy().column().value());
    }

    static String table(Entity entity) {
        return SQL.table(entity);
    }

    static String names(List<String> columns) {
        return SQL.identifiers(columns);
    }

    /** {@code a = ?::uuid AND b = ?::int}, for attributes of the entity. */
    static String equal(Entity entity, List<String> attributes) {
        return assignments(entity, attributes, " AND ");
    }

    /** {@code a = ?::uuid, b = ?::int}, for attributes of the entity. */
    static String assignments(Entity entity, List<String> attributes, String separator) {
        return attributes.stream()
                .map(name -> entity.attribute(name).orElseThrow())
                .map(attribute -> SQL.identifier(attribute.column().value()) + " = " + RowMaker.placeholder(attribute))
                .collect(Collectors.joining(separator));
    }

    static String column(Attribute attribute) {
        return SQL.identifier(attribute.column().value());
    }

    private static String texts(List<String> columns) {
        return columns.stream().map(column -> SQL.identifier(column) + "::text").collect(Collectors.joining(", "));
    }

    private static List<String> key(ResultSet row, int size) throws SQLException {
        List<String> key = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            key.add(row.getString(i));
        }
        return key;
    }
}
