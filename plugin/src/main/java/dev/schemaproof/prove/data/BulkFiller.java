package dev.schemaproof.prove.data;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Check;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import dev.schemaproof.prove.data.NumberedRows.Later;
import dev.schemaproof.prove.data.Numbering.Link;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fills empty tables with many rows, as the model describes them: as many as declared, or a part of that, with the declared
 * numbers of different values, shares of nulls and of frequent values, widths, and children for each parent. Rows lie in no
 * order, as in life, except by identities and by moments that are the row's own birth.
 *
 * <p>A row is a function of the seed, its entity and its number. So nothing is kept: a child makes up its parent's key from
 * the parent's number, and a million rows take no more memory than ten. Keys hold by {@linkplain Numbering construction}.
 * Checks on one attribute choose among {@linkplain Vocabulary forms of values}; rows are screened by those on several, and
 * drawn again. Tables are loaded by COPY, parents before children, with all constraints and triggers at work, except that
 * {@linkplain ForeignKeys foreign keys} are checked for a whole table at once where that is possible: what is in a table at the
 * end is what the database took.
 *
 * <p>The same seed, day and model give the same rows, to the byte that is sent.
 */
public final class BulkFiller {

    private static final PostgresDialect SQL = new PostgresDialect();
    private static final String STAGE = "schemaproof_stage";
    private static final String NUMBER = "schemaproof_row";
    /** How many rows are screened at a time. */
    private static final int CHUNK = 20_000;

    private static final int ATTEMPTS = 24;

    private final Synthesizer synthesizer;
    private final Facts facts;
    private final Volume volume;
    private final DeclaredStatistics statistics;
    private final long seed;
    private final LocalDate until;

    /**
     * @param synthesizer knows what is filled, and how values look
     * @param seed where all random choices begin
     * @param until the day at whose noon the moments of rows end, in the time zone of the session that they are loaded by. Where it
     *     has just become noon there, statements that compare with {@code now()} find as many rows at any time of the day, and
     *     none is in the future
     */
    public BulkFiller(Synthesizer synthesizer, Facts facts, Volume volume, long seed, LocalDate until) {
        this.synthesizer = synthesizer;
        this.facts = facts;
        this.volume = volume;
        this.statistics = new DeclaredStatistics(facts, volume);
        this.seed = seed;
        this.until = until;
    }

    /**
     * What was filled.
     *
     * @param rows how many each table has, by entity
     * @param refused why others have none, by entity
     */
    public record Filled(Map<String, Long> rows, Map<String, String> refused) {

        public Filled {
            rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
            refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
        }
    }

    /**
     * Fills the entities' tables and those that they refer to, in one transaction, and has the database analyze them. A table
     * that cannot be filled stays empty, and so do those that must refer to it.
     *
     * @param connection in auto-commit mode
     * @throws SQLException when the database fails in a way that says nothing about the rows
     */
    public Filled fill(Connection connection, Collection<Entity> wanted) throws SQLException {
        Filling filling = new Filling(connection, synthesizer.withParents(wanted));
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            // VACUUM leaves pages alone whose rows are not safely committed
            statement.execute("SET synchronous_commit = on");
            statement.execute("SET CONSTRAINTS ALL DEFERRED");
            filling.run();
            try {
                statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
            } catch (SQLException refusal) {
                if (!refusesRows(connection, refusal)) {
                    throw refusal;
                }
                // Tables that refer to each other: one of them has not all the rows that another was promised
                connection.rollback();
                String why = "the rows of several tables refer to each other, which the database does not accept: "
                        + Synthesizer.sentence(refusal);
                Map<String, String> refused = new LinkedHashMap<>(filling.refused);
                filling.ordered.forEach(
                        entity -> refused.putIfAbsent(entity.name().value(), why));
                return new Filled(Map.of(), refused);
            }
            for (Entity view : synthesizer.viewEntities()) {
                statement.execute("REFRESH MATERIALIZED VIEW " + SQL.table(view));
            }
            connection.commit();
        } catch (SQLException error) {
            if (!connection.isClosed()) {
                connection.rollback();
            }
            throw error;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (Entity entity : filling.ordered) {
                statement.execute("VACUUM (ANALYZE) " + SQL.table(entity));
            }
            statement.execute("RESET synchronous_commit");
        }
        return new Filled(filling.loaded, filling.refused);
    }

    private static boolean refusesRows(Connection connection, SQLException refusal) throws SQLException {
        String state = Optional.ofNullable(refusal.getSQLState()).orElse("");
        return !connection.isClosed() && (state.startsWith("23") || state.startsWith("22"));
    }

    /** One filling. */
    private final class Filling {

        private final Connection connection;
        private final List<Entity> ordered;
        private final Map<String, NumberedRows> planned = new HashMap<>();
        private final Map<String, Long> loaded = new LinkedHashMap<>();
        private final Map<String, String> refused = new LinkedHashMap<>();

        Filling(Connection connection, List<Entity> ordered) {
            this.connection = connection;
            this.ordered = ordered;
        }

        void run() throws SQLException {
            for (Entity entity : ordered) {
                try {
                    planned.put(entity.name().value(), plan(entity));
                } catch (NoRowsException none) {
                    refuse(entity, none.getMessage());
                }
            }
            for (Entity entity : ordered) {
                if (planned.containsKey(entity.name().value())) {
                    load(entity);
                }
            }
            for (Entity entity : ordered) {
                if (loaded.containsKey(entity.name().value())) {
                    closeCircles(entity);
                }
            }
        }

        private void refuse(Entity entity, String why) {
            planned.remove(entity.name().value());
            refused.put(entity.name().value(), why);
        }

        private NumberedRows plan(Entity entity) throws SQLException, NoRowsException {
            long rows = volume.rows(entity);
            Map<String, ColumnStatistics> columns = new LinkedHashMap<>();
            TableStatistics table = statistics.of(entity);
            List<Attribute> attributes = List.copyOf(entity.attributes().values());
            for (int i = 0; i < attributes.size(); i++) {
                columns.put(attributes.get(i).name().value(), table.columns().get(i));
            }
            List<Link> links = links(entity);
            Map<String, NumberedValues> own = new LinkedHashMap<>();
            for (Attribute attribute : attributes) {
                String name = attribute.name().value();
                if (synthesizer.refersNowhere(entity, attribute)) {
                    Optional<NumberedValues> values =
                            values(entity, attribute, Objects.requireNonNull(columns.get(name)));
                    values.ifPresent(found -> own.put(name, found));
                }
            }
            Set<String> changing = new HashSet<>();
            checksOnRows(entity)
                    .forEach(check -> mentioned(entity, check)
                            .forEach(attribute -> changing.add(attribute.name().value())));
            changing.removeAll(synthesizer.referred(entity));
            return new Numbering(entity, columns, own, links, changing, seed).rows(rows);
        }

        /** The references that rows have values for. */
        private List<Link> links(Entity entity) throws NoRowsException {
            List<Link> links = new ArrayList<>();
            int place = ordered.indexOf(entity);
            for (Reference reference : entity.references().values()) {
                Optional<Entity> target = synthesizer.target(reference);
                if (target.isEmpty()) {
                    continue;
                }
                String name = target.get().name().value();
                int other = ordered.indexOf(target.get());
                boolean required = Synthesizer.required(entity, reference);
                boolean later = other > place && !reference.deferrable();
                if (later && required) {
                    throw new NoRowsException(
                            entity.name().value(),
                            "no row of `" + entity.name()
                                    + "` could be made up: what it must refer to has no rows, as they refer to each other in a circle");
                } else if (refused.containsKey(name)) {
                    if (required) {
                        throw new NoRowsException(
                                entity.name().value(),
                                "`" + entity.name() + "` must refer to `" + name + "`, which has no rows, as "
                                        + refused.get(name));
                    }
                } else {
                    NumberedRows rows = planned.get(name);
                    links.add(new Link(
                            reference,
                            target.get(),
                            () -> Optional.ofNullable(planned.get(name)),
                            rows == null ? volume.rows(target.get()) : rows.rows(),
                            later));
                }
            }
            return links;
        }

        /** The values of an attribute that refers to nothing; none where the database gives them by itself. */
        private Optional<NumberedValues> values(Entity entity, Attribute attribute, ColumnStatistics column)
                throws SQLException, NoRowsException {
            Optional<ValueMaker> maker = synthesizer.counted(entity, attribute);
            if (maker.isEmpty() || !maker.get().possible()) {
                return Optional.empty();
            }
            List<String> asked = synthesizer.askedOf(entity, attribute);
            NumberedValues values = new NumberedValues(
                    maker.get(),
                    asked,
                    List.of(),
                    maker.get().forms().get(0),
                    column.width(),
                    Math.max(1, Math.round(column.distinct())),
                    until);
            List<String> conditions = new ArrayList<>();
            attribute.check().ifPresent(check -> conditions.add(check.value()));
            checksOn(entity, attribute)
                    .forEach(check -> conditions.add(check.expression().value()));
            boolean domain =
                    !facts.types().own().domains(attribute.type().value()).isEmpty();
            if (conditions.isEmpty() && !domain) {
                return Optional.of(values);
            }
            return Optional.of(new Vocabulary(connection, entity, facts.model().types())
                    .accepted(attribute, values, conditions)
                    .withFirst(asked));
        }

        /** The checks that mention this attribute and no other. */
        private List<Check> checksOn(Entity entity, Attribute attribute) {
            return entity.checks().values().stream()
                    .filter(check -> mentioned(entity, check).equals(List.of(attribute)))
                    .toList();
        }

        private List<Attribute> mentioned(Entity entity, Check check) {
            return entity.attributes().values().stream()
                    .filter(attribute -> Refusals.mentions(check.expression().value(), attribute))
                    .toList();
        }

        /** The checks that need whole rows: those on several attributes, or on one that refers. */
        private List<Check> checksOnRows(Entity entity) {
            return entity.checks().values().stream()
                    .filter(check -> {
                        List<Attribute> mentioned = mentioned(entity, check);
                        return mentioned.size() != 1 || !synthesizer.refersNowhere(entity, mentioned.get(0));
                    })
                    .toList();
        }

        private void load(Entity entity) throws SQLException {
            NumberedRows rows = Objects.requireNonNull(planned.get(entity.name().value()));
            Savepoint before = connection.setSavepoint();
            try {
                ForeignKeys keys = ForeignKeys.suspended(connection, SQL.table(entity));
                List<Check> checks = checksOnRows(entity);
                if (checks.isEmpty()) {
                    copy(rows);
                } else {
                    screen(
                            rows,
                            checks.stream()
                                    // On a line of its own, as a condition may end in a comment
                                    .map(check ->
                                            "coalesce((" + check.expression().value() + "\n), true)")
                                    .collect(Collectors.joining(" AND ")));
                }
                keys.check();
                countOn(rows);
                connection.releaseSavepoint(before);
                loaded.put(entity.name().value(), rows.present());
            } catch (SQLException refusal) {
                if (!refusesRows(connection, refusal)) {
                    throw refusal;
                }
                connection.rollback(before);
                giveUp(entity, Synthesizer.sentence(refusal));
            }
        }

        /** Without this table, those that must refer to it have no rows either; others may do without. */
        private void giveUp(Entity entity, String why) throws SQLException {
            refuse(entity, "no row of `" + entity.name() + "` could be made up that the database accepts: " + why);
            for (Entity other : ordered) {
                String name = other.name().value();
                if (planned.containsKey(name) && !loaded.containsKey(name)) {
                    try {
                        planned.put(name, plan(other));
                    } catch (NoRowsException none) {
                        refuse(other, none.getMessage());
                    }
                }
            }
        }

        private void copy(NumberedRows rows) throws SQLException {
            List<String> attributes = rows.attributes();
            if (attributes.isEmpty()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("DO $do$ BEGIN FOR i IN 1.." + rows.rows() + " LOOP INSERT INTO "
                            + SQL.table(rows.entity()) + " DEFAULT VALUES; END LOOP; END $do$");
                }
                return;
            }
            @Nullable String[] values = new String[attributes.size()];
            try (CopyRows copy =
                    CopyRows.into(connection, SQL.table(rows.entity()), columns(rows.entity(), attributes))) {
                for (long row = 0; row < rows.rows(); row++) {
                    make(rows, attributes, row, 0, values);
                    copy.add(values);
                }
                copy.finish();
            }
        }

        private void make(
                NumberedRows rows, List<String> attributes, long row, int attempt, @Nullable String[] values) {
            for (int i = 0; i < attributes.size(); i++) {
                values[i] = rows.value(attributes.get(i), row, attempt);
            }
        }

        private List<String> columns(Entity entity, List<String> attributes) {
            return attributes.stream()
                    .map(name -> entity.attribute(name).orElseThrow().column().value())
                    .toList();
        }

        /** Loads rows by way of a table without constraints, where the database says which of them have to be drawn again. */
        private void screen(NumberedRows rows, String condition) throws SQLException {
            Entity entity = rows.entity();
            List<String> attributes = rows.attributes();
            List<String> columns = columns(entity, attributes);
            String names = SQL.identifiers(columns);
            List<String> staged = new ArrayList<>(columns);
            staged.add(NUMBER);
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute("CREATE TEMP TABLE " + STAGE + " (LIKE " + SQL.table(entity)
                        + " INCLUDING DEFAULTS INCLUDING GENERATED, " + NUMBER + " bigint) ON COMMIT DROP");
                for (long begin = 0; begin < rows.rows(); begin += CHUNK) {
                    List<Long> wrong = new ArrayList<>();
                    for (long row = begin; row < Math.min(rows.rows(), begin + CHUNK); row++) {
                        wrong.add(row);
                    }
                    for (int attempt = 0; attempt < ATTEMPTS && !wrong.isEmpty(); attempt++) {
                        stage(rows, attributes, staged, wrong, attempt);
                        wrong.clear();
                        try (ResultSet refusedRow = statement.executeQuery("DELETE FROM " + STAGE + " AS "
                                + SQL.identifier(entity.table().value()) + " WHERE NOT (" + condition + ") RETURNING "
                                + NUMBER)) {
                            while (refusedRow.next()) {
                                wrong.add(refusedRow.getLong(1));
                            }
                        }
                    }
                    wrong.forEach(rows::miss);
                    statement.execute("INSERT INTO " + SQL.table(entity) + " (" + names
                            + ") OVERRIDING SYSTEM VALUE SELECT " + names + " FROM " + STAGE + " ORDER BY " + NUMBER);
                    statement.execute("TRUNCATE " + STAGE);
                }
                statement.execute("DROP TABLE " + STAGE);
            }
            if (rows.present() == 0) {
                throw new SQLException("its checks refuse every row that was tried", "23514");
            }
        }

        private void stage(
                NumberedRows rows, List<String> attributes, List<String> staged, List<Long> wanted, int attempt)
                throws SQLException {
            @Nullable String[] values = new String[staged.size()];
            try (CopyRows copy = CopyRows.into(connection, STAGE, staged)) {
                for (long row : wanted) {
                    make(rows, attributes, row, attempt, values);
                    values[attributes.size()] = Long.toString(row);
                    copy.add(values);
                }
                copy.finish();
            }
        }

        /** Lets identities go on after the rows that are there. */
        private void countOn(NumberedRows rows) throws SQLException {
            for (Attribute attribute : rows.entity().attributes().values()) {
                if (attribute.identity().isPresent()
                        && rows.attributes().contains(attribute.name().value())) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("SELECT setval(pg_get_serial_sequence("
                                + SQL.literal(SQL.table(rows.entity())) + ", "
                                + SQL.literal(attribute.column().value()) + "), " + Math.max(1, rows.rows()) + ")");
                    }
                }
            }
        }

        /** Lets references that had to stay empty, as they lead to a later table, lead there now. */
        private void closeCircles(Entity entity) throws SQLException {
            NumberedRows rows = Objects.requireNonNull(planned.get(entity.name().value()));
            Set<String> waiting = new LinkedHashSet<>();
            for (String name : rows.attributes()) {
                if (rows.later(name).isPresent()) {
                    waiting.add(name);
                }
            }
            waiting.removeAll(entity.keyNames());
            if (waiting.isEmpty() || entity.key().isEmpty()) {
                return;
            }
            List<String> names = new ArrayList<>(entity.keyNames());
            names.addAll(waiting);
            List<String> columns = columns(entity, names);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMP TABLE " + STAGE + " ON COMMIT DROP AS SELECT " + SQL.identifiers(columns)
                        + " FROM " + SQL.table(entity) + " WITH NO DATA");
                @Nullable String[] values = new String[names.size()];
                try (CopyRows copy = CopyRows.into(connection, STAGE, columns)) {
                    for (long row = 0; row < rows.rows(); row++) {
                        for (int i = 0; i < names.size(); i++) {
                            Optional<Later> later = rows.later(names.get(i));
                            values[i] = later.isPresent()
                                    ? later.get().then().of(row, 0)
                                    : rows.value(names.get(i), row, 0);
                        }
                        copy.add(values);
                    }
                    copy.finish();
                }
                statement.execute("UPDATE " + SQL.table(entity) + " AS t SET "
                        + columns(entity, List.copyOf(waiting)).stream()
                                .map(column -> SQL.identifier(column) + " = s." + SQL.identifier(column))
                                .collect(Collectors.joining(", "))
                        + " FROM " + STAGE + " s WHERE "
                        + columns(entity, entity.keyNames()).stream()
                                .map(column -> "t." + SQL.identifier(column) + " = s." + SQL.identifier(column))
                                .collect(Collectors.joining(" AND ")));
                statement.execute("DROP TABLE " + STAGE);
            }
        }
    }
}
