package dev.schemaproof.prove;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.model.Entity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Values for the parameters of a query, taken from rows that are there: all of one row, so that conditions on several
 * columns can hold together, in every assignment of columns to parameters that their types allow.
 */
final class ParameterValues {

    private static final PostgresDialect SQL = new PostgresDialect();
    private static final int ROWS = 6;
    private static final int ASSIGNMENTS = 16;
    private static final int ASSIGNMENTS_A_VALUE = 4;
    private static final int TUPLES = 96;

    private final Connection connection;
    private final Map<String, List<List<Cell>>> known;
    private final List<String> types;
    private final Set<List<String>> tuples = new LinkedHashSet<>();

    /**
     * @param types the parameters' types, in the database's words
     */
    ParameterValues(Connection connection, List<String> types) {
        this(connection, types, new HashMap<>());
    }

    /**
     * @param types the parameters' types, in the database's words
     * @param known rows that were read before, by the query that reads them, for statements on the same rows
     */
    ParameterValues(Connection connection, List<String> types, Map<String, List<List<Cell>>> known) {
        this.connection = connection;
        this.known = known;
        this.types = List.copyOf(types);
    }

    /**
     * Takes the most and the least frequent values first, of columns that are declared to have some that are, or that refer to
     * other rows.
     */
    ParameterValues withFrequent(Collection<Entity> entities) throws SQLException {
        for (Entity entity : entities) {
            Set<String> columns = new LinkedHashSet<>();
            entity.attributes().values().stream()
                    .filter(attribute -> !attribute.values().skew().isEmpty()
                            || attribute.values().distinct().isPresent())
                    .forEach(attribute -> columns.add(SummaryCopy.column(attribute)));
            entity.references()
                    .values()
                    .forEach(reference -> reference.names().stream()
                            .flatMap(name -> entity.attribute(name).stream())
                            .forEach(attribute -> columns.add(SummaryCopy.column(attribute))));
            for (String column : columns) {
                for (String direction : List.of(" DESC", "")) {
                    addFrom(
                            entity,
                            " WHERE " + column + " = (SELECT " + column + " FROM " + SummaryCopy.table(entity)
                                    + " WHERE " + column + " IS NOT NULL GROUP BY " + column + " ORDER BY count(*)"
                                    + direction + ", " + column + " LIMIT 1)",
                            first(entity),
                            1,
                            ASSIGNMENTS_A_VALUE);
                }
            }
        }
        return this;
    }

    /** Some tuples of values; a single empty one for a query without parameters. */
    List<List<String>> from(Collection<Entity> entities, SplittableRandom random) throws SQLException {
        return from(entities, random, TUPLES);
    }

    /**
     * Some tuples of values; a single empty one for a query without parameters.
     *
     * @param most how many at most
     */
    List<List<String>> from(Collection<Entity> entities, SplittableRandom random, int most) throws SQLException {
        if (types.isEmpty()) {
            return List.of(List.of());
        }
        for (Entity entity : entities) {
            addFrom(entity);
        }
        List<List<String>> all = new ArrayList<>(tuples);
        while (all.size() > most) {
            all.remove(random.nextInt(all.size()));
        }
        return all;
    }

    /** Takes rows from all over the table, in an order that has nothing to do with their values. */
    ParameterValues withAny(Entity entity, int rows) throws SQLException {
        String row = entity.keyNames().isEmpty()
                ? SQL.identifier(entity.table().value())
                : "ROW("
                        + entity.keyNames().stream()
                                .flatMap(name -> entity.attribute(name).stream())
                                .map(SummaryCopy::column)
                                .collect(Collectors.joining(", "))
                        + ")";
        addFrom(entity, "", "md5(" + row + "::text), " + first(entity), rows, rows * ASSIGNMENTS_A_VALUE);
        return this;
    }

    /** The tuples that were taken so far; a single empty one for a query without parameters. */
    List<List<String>> taken() {
        return types.isEmpty() ? List.of(List.of()) : List.copyOf(tuples);
    }

    private void addFrom(Entity entity) throws SQLException {
        // Both ends: parents that many refer to, and those to which none does
        addFrom(entity, "", order(entity, " DESC"), ROWS, ASSIGNMENTS);
        addFrom(entity, "", order(entity, ""), ROWS, ASSIGNMENTS);
    }

    private void addFrom(Entity entity, String where, String order, int rows, int assignments) throws SQLException {
        List<String> columns = entity.attributes().values().stream()
                .map(attribute -> attribute.column().value())
                .toList();
        String names = columns.stream()
                .map(SQL::identifier)
                .map(name -> name + "::text, format_type(pg_typeof(" + name + ")::oid, NULL)")
                .collect(Collectors.joining(", "));
        // What a row is made into is made of those that are chosen, not of all before they are sorted
        String sql = "SELECT " + names + " FROM (SELECT * FROM " + SummaryCopy.table(entity) + where + " ORDER BY "
                + order + " LIMIT " + rows + ") AS "
                + SQL.identifier(entity.table().value()) + " ORDER BY " + order;
        List<List<Cell>> found = known.get(sql);
        if (found == null) {
            found = read(sql, columns.size());
            known.put(sql, found);
        }
        int bound = tuples.size() + assignments;
        found.forEach(cells -> assign(cells, new ArrayList<>(), bound));
    }

    private List<List<Cell>> read(String sql, int columns) throws SQLException {
        List<List<Cell>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                List<Cell> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    if (row.getString(2 * i - 1) != null) {
                        cells.add(new Cell(row.getString(2 * i - 1), row.getString(2 * i)));
                    }
                }
                rows.add(cells);
            }
        }
        return rows;
    }

    /** By the columns that begin at zero, as counts do, or by all. */
    private static String order(Entity entity, String direction) {
        List<String> counts = entity.attributes().values().stream()
                .filter(attribute -> attribute
                        .defaultValue()
                        .filter(value -> value.value().strip().equals("0"))
                        .isPresent())
                .map(attribute -> SummaryCopy.column(attribute) + direction)
                .toList();
        return counts.isEmpty() ? first(entity) + direction : String.join(", ", counts) + ", " + first(entity);
    }

    /** The first column, in an order that every type has. */
    private static String first(Entity entity) {
        return SummaryCopy.column(entity.attributes().values().iterator().next()) + "::text";
    }

    /** A value of a row. */
    record Cell(String text, String type) {}

    /** Every way to take a cell of the right type for each parameter, up to a bound. */
    private void assign(List<Cell> cells, List<String> chosen, int bound) {
        if (tuples.size() >= bound) {
            return;
        }
        if (chosen.size() == types.size()) {
            tuples.add(List.copyOf(chosen));
            return;
        }
        String type = types.get(chosen.size());
        List<String> fitting = new ArrayList<>(cells.stream()
                .filter(cell -> same(cell.type(), type))
                .map(Cell::text)
                .distinct()
                .toList());
        if (fitting.isEmpty()) {
            fitting.addAll(usual(type));
        }
        for (String value : fitting) {
            chosen.add(value);
            assign(cells, chosen, bound);
            chosen.remove(chosen.size() - 1);
        }
    }

    private static boolean same(String one, String other) {
        return one.equals(other) || (text(one) && text(other));
    }

    private static boolean text(String type) {
        return type.equals("text") || type.startsWith("character");
    }

    /** A value for what no column holds, such as the number of rows wanted. */
    private static List<String> usual(String type) {
        return switch (type) {
            case "smallint", "integer", "bigint", "numeric", "real", "double precision" -> List.of("10", "1");
            case "boolean" -> List.of("true", "false");
            case "date" -> List.of("2025-01-01");
            case "timestamp without time zone", "timestamp with time zone" -> List.of("2025-01-01 00:00:00+00");
            case "uuid" -> List.of("00000000-0000-4000-8000-000000000000");
            case "text" -> List.of("amber", "%");
            default -> List.of();
        };
    }
}
