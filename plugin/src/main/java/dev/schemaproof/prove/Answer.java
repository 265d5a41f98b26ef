package dev.schemaproof.prove;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a query gives, so that two queries can be compared: by position, numbers by their value whatever their
 * type, everything else by its text.
 *
 * @param columns the names of its columns
 * @param rows in the order in which they came
 */
record Answer(List<String> columns, List<List<@Nullable String>> rows) {

    private static final PostgresDialect SQL = new PostgresDialect();
    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "float4", "float8", "oid");

    Answer {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * Asks a query.
     *
     * @param values of its parameters, as texts
     */
    static Answer to(Prepared query, List<String> values) throws SQLException {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            arguments.add(SQL.literal(values.get(i)) + "::" + query.types().get(i));
        }
        try (Statement statement = query.connection().createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(query.execute(arguments))) {
                ResultSetMetaData shape = row.getMetaData();
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= shape.getColumnCount(); i++) {
                    columns.add(shape.getColumnLabel(i));
                }
                List<List<@Nullable String>> rows = new ArrayList<>();
                while (row.next()) {
                    List<@Nullable String> cells = new ArrayList<>();
                    for (int i = 1; i <= shape.getColumnCount(); i++) {
                        cells.add(cell(row.getString(i), shape.getColumnTypeName(i)));
                    }
                    rows.add(Collections.unmodifiableList(cells));
                }
                return new Answer(columns, rows);
            }
        }
    }

    private static @Nullable String cell(@Nullable String text, String type) {
        if (text == null) {
            return null;
        }
        if (NUMBERS.contains(type)) {
            try {
                return new BigDecimal(text).stripTrailingZeros().toPlainString();
            } catch (NumberFormatException infinite) {
                return text;
            }
        }
        return type.equals("bpchar") ? text.stripTrailing() : text;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Whether the other has the same rows, each as often, in any order. */
    boolean sameRows(Answer other) {
        return columns.size() == other.columns.size() && sorted(rows).equals(sorted(other.rows));
    }

    /** Whether the other has its rows in the same order. */
    boolean sameOrder(Answer other) {
        return rows.equals(other.rows);
    }

    /** The first rows that the other does not have, in words. */
    String without(Answer other) {
        List<String> mine = sorted(rows);
        sorted(other.rows).forEach(mine::remove);
        return mine.isEmpty() ? "nothing more" : Words.some(mine);
    }

    private static List<String> sorted(List<List<@Nullable String>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(Answer::shown).collect(Collectors.joining(", ", "(", ")")))
                .sorted()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String shown(@Nullable String cell) {
        return cell == null ? "null" : "'" + cell + "'";
    }
}
