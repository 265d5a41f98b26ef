package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogSequence.Counting;
import dev.schemaproof.model.Deferral;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the columns that many of {@link CatalogQueries} have in common. */
final class Rows {

    private Rows() {}

    static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static Optional<Expression> expression(ResultSet row, String column) throws SQLException {
        return text(row, column).map(Expression::printed);
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    static CatalogName name(ResultSet row, String column) throws SQLException {
        return name(row, "schema", column);
    }

    static CatalogName name(ResultSet row, String schema, String column) throws SQLException {
        return new CatalogName(text(row, schema), row.getString(column));
    }

    /** Settings, which PostgreSQL keeps as {@code name=value}. */
    static Map<String, String> settings(ResultSet row, String column) throws SQLException {
        Map<String, String> settings = new HashMap<>();
        for (String setting : texts(row, column)) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return settings;
    }

    static Deferral deferral(ResultSet row) throws SQLException {
        return row.getBoolean("deferred")
                ? Deferral.INITIALLY_DEFERRED
                : row.getBoolean("deferrable") ? Deferral.INITIALLY_IMMEDIATE : Deferral.NOT_DEFERRABLE;
    }

    static Optional<Counting> counting(ResultSet row) throws SQLException {
        return row.getString("seqstart") == null
                ? Optional.empty()
                : Optional.of(new Counting(
                        row.getLong("seqstart"),
                        row.getLong("seqincrement"),
                        row.getLong("seqmin"),
                        row.getLong("seqmax"),
                        row.getLong("seqcache"),
                        row.getBoolean("seqcycle")));
    }

    static void addGrant(Map<String, Set<String>> grants, ResultSet row, Optional<String> column) throws SQLException {
        grants.computeIfAbsent(row.getString("role"), role -> new HashSet<>())
                .add(row.getString("privilege")
                        + column.map(name -> "(" + name + ")").orElse("")
                        + (row.getBoolean("grantable") ? " with grant option" : ""));
    }
}
