package dev.schemaproof.prove.data;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.TypeDefinition;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Finds values that an attribute's type and checks accept, by asking the database. */
final class Vocabulary {

    private static final PostgresDialect SQL = new PostgresDialect();

    /** How many values of a form are tried before it is trusted; if one of the others is refused, the table is. */
    private static final int TRIED = 64;

    private static final int ATTEMPTS = 60;

    private final Connection connection;
    private final Entity entity;
    private final Map<String, TypeDefinition> types;

    Vocabulary(Connection connection, Entity entity, Map<String, TypeDefinition> types) {
        this.connection = connection;
        this.entity = entity;
        this.types = types;
    }

    /**
     * The values that the conditions and the domain accept: of the first form in which all are accepted that are tried, or
     * those of a pool that are.
     *
     * @param conditions that mention no other attribute
     * @throws NoRowsException when none is accepted
     */
    NumberedValues accepted(Attribute attribute, NumberedValues usual, List<String> conditions)
            throws SQLException, NoRowsException {
        for (ValueMaker.Form form : usual.maker().forms()) {
            NumberedValues candidate = new NumberedValues(
                    usual.maker(), List.of(), List.of(), form, usual.width(), usual.distinct(), usual.until());
            List<String> sample = sample(candidate);
            // A single text is no better than a pool
            if (sample.size() > 1 && accepts(attribute, conditions, sample)) {
                return candidate;
            }
        }
        List<String> pool = new ArrayList<>();
        for (String value : pool(usual)) {
            if (accepts(attribute, conditions, List.of(value))) {
                pool.add(value);
            }
        }
        if (pool.isEmpty()) {
            throw new NoRowsException(
                    entity.name().value(),
                    "no value of `" + entity.name() + "." + attribute.name()
                            + "` could be made up that its checks accept");
        }
        return new NumberedValues(
                usual.maker(), List.of(), pool, usual.form(), usual.width(), usual.distinct(), usual.until());
    }

    private static List<String> sample(NumberedValues values) {
        long most = Math.min(values.capacity(), Math.max(1, values.distinct()));
        return LongStream.range(0, Math.min(TRIED, most))
                .map(i -> i % 2 == 0 ? i / 2 : most - 1 - i / 2)
                .distinct()
                .mapToObj(values::of)
                .toList();
    }

    /** What conditions mention, what single rows are tried with, and the few numbers that are usual. */
    private static Set<String> pool(NumberedValues usual) {
        ValueMaker maker = usual.maker();
        Set<String> pool = new LinkedHashSet<>(maker.shares().keySet());
        pool.addAll(maker.hints());
        for (int i = 0; i < ATTEMPTS; i++) {
            pool.add(maker.draw(new SplittableRandom(i), i, i));
        }
        for (long number = 0; number < Math.min(100, usual.capacity()); number++) {
            pool.add(usual.of(number));
        }
        return pool;
    }

    private boolean accepts(Attribute attribute, List<String> conditions, List<String> values) throws SQLException {
        String all = Stream.concat(
                        Stream.of(SQL.identifier(attribute.column().value()) + " IS NOT NULL"),
                        // On a line of its own, as a condition may end in a comment
                        conditions.stream().map(condition -> "coalesce((" + condition + "\n), true)"))
                .collect(Collectors.joining(" AND "));
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement query = connection.prepareStatement("SELECT bool_and(" + escaped(all)
                + ") FROM (SELECT CAST(v AS "
                + SQL.type(attribute.type().value(), types) + ") AS "
                + SQL.identifier(attribute.column().value()) + " FROM unnest(?) u(v)) AS "
                + SQL.identifier(entity.table().value()))) {
            Array texts = connection.createArrayOf("text", values.toArray());
            query.setArray(1, texts);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                boolean accepted = row.getBoolean(1);
                connection.releaseSavepoint(before);
                return accepted;
            }
        } catch (SQLException refused) {
            if (connection.isClosed()) {
                throw refused;
            }
            connection.rollback(before);
            return false;
        }
    }

    /** A question mark in a condition is an operator, which the driver wants twice. */
    private static String escaped(String condition) {
        return condition.replace("?", "??");
    }
}
