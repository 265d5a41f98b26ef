package dev.schemaproof.prove;

import dev.schemaproof.generate.Artifact;
import dev.schemaproof.model.Entity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements that were generated to find and repair the drift of a contract, and how to run them. */
record Reconciliation(Artifact drift, Artifact repair) {

    /** Those of a contract, if they were generated. */
    static Optional<Reconciliation> of(Bench bench, String contract) {
        return bench.artifact(driftPath(contract))
                .flatMap(
                        drift -> bench.artifact(repairPath(contract)).map(repair -> new Reconciliation(drift, repair)));
    }

    static String driftPath(String contract) {
        return "reconcile/" + Artifact.fileName(contract) + ".drift.sql";
    }

    static String repairPath(String contract) {
        return "reconcile/" + Artifact.fileName(contract) + ".repair.sql";
    }

    /** The keys of the rows that the first finds. */
    List<List<String>> drift(Connection connection, Entity holder) throws SQLException {
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
                    for (String name : holder.keyNames()) {
                        key.add(row.getString(
                                holder.attribute(name).orElseThrow().column().value()));
                    }
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    /** Runs the second. */
    void repair(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(repair.text());
        }
    }
}
