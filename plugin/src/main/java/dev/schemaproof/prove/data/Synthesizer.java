package dev.schemaproof.prove.data;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.contract.ViewContract;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.TypeDefinition;
import dev.schemaproof.model.TypeDefinition.Enumeration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes up rows for any model and puts them into a database. They honour what the model says: required attributes,
 * types, enums, domains and references by construction; keys and checks by trying, as the database is the judge of those.
 * The same seed gives the same rows.
 *
 * <p>What the database gives by itself is left to it: generated and identity columns, and the copies that triggers keep.
 */
public final class Synthesizer {

    private static final PostgresDialect SQL = new PostgresDialect();

    /** How often a row is drawn anew before its table is given up. */
    private static final int ATTEMPTS = 200;

    /** More rows of a table than these need not be known. */
    private static final int MOST_KNOWN = 500;

    private final Model model;
    private final Facts facts;
    private final List<Entity> entities;
    private final List<ViewContract> views;
    private final long seed;
    private final Set<Attribute> maintained;

    /**
     * @param maintained copies that are kept by triggers, and refuse to be written
     * @param seed where all random choices begin
     */
    public Synthesizer(Facts facts, RelationalStore store, Collection<Attribute> maintained, long seed) {
        this.facts = facts;
        this.model = facts.model();
        this.entities = model.entitiesOf(store).stream()
                .filter(entity -> !facts.contracts().isView(entity))
                .toList();
        this.views = facts.contracts().viewsIn(store);
        this.maintained = Set.copyOf(maintained);
        this.seed = seed;
    }

    /** The entities and all that they refer to, directly or not, each after what it refers to as far as that is possible. */
    public List<Entity> withParents(Collection<Entity> wanted) {
        Set<Entity> waiting = new LinkedHashSet<>();
        wanted.forEach(entity -> reach(entity, waiting));
        List<Entity> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            // Required references that cannot wait weigh most, then those that can, then those that may stay empty
            Entity next = waiting.stream()
                    .min(Comparator.comparingLong(entity -> weight(entity, waiting)))
                    .orElseThrow();
            waiting.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private void reach(Entity entity, Set<Entity> reached) {
        if (reached.add(entity)) {
            entity.references().values().stream()
                    .flatMap(reference -> target(reference).stream())
                    .forEach(parent -> reach(parent, reached));
        }
    }

    private long weight(Entity entity, Set<Entity> waiting) {
        return entity.references().values().stream()
                .filter(reference -> target(reference)
                        .filter(parent -> !parent.equals(entity) && waiting.contains(parent))
                        .isPresent())
                .mapToLong(reference -> !required(entity, reference) ? 1 : reference.deferrable() ? 1_000 : 1_000_000)
                .sum();
    }

    /** What makes rows of the entity, mindful of further conditions whose outcome should differ from row to row. */
    public RowMaker rowsOf(Entity entity, List<SourceText> conditions) {
        List<String> texts = new ArrayList<>();
        conditions.forEach(condition -> texts.add(condition.value()));
        entity.checks().values().forEach(check -> texts.add(check.expression().value()));
        Map<String, ValueMaker> makers = new LinkedHashMap<>();
        for (Attribute attribute : entity.attributes().values()) {
            if (attribute.generated().isEmpty() && attribute.identity().isEmpty() && !maintained.contains(attribute)) {
                ValueMaker maker = maker(entity, attribute, texts);
                if (maker.possible()) {
                    makers.put(attribute.name().value(), maker);
                }
            }
        }
        Map<Reference, Entity> parents = new LinkedHashMap<>();
        entity.references()
                .values()
                .forEach(reference -> target(reference).ifPresent(parent -> parents.put(reference, parent)));
        return new RowMaker(entity, makers, parents);
    }

    /** What makes values of an attribute that are told apart by a number; none where the database gives them by itself. */
    Optional<ValueMaker> counted(Entity entity, Attribute attribute) {
        return attribute.generated().isPresent() || maintained.contains(attribute)
                ? Optional.empty()
                : Optional.of(maker(entity, attribute, checks(entity)).counted());
    }

    /** Values that others refer to with a declared share, so that they have to be there. */
    List<String> askedOf(Entity entity, Attribute attribute) {
        List<String> own = List.of(attribute.name().value());
        return entities.stream()
                .flatMap(other -> other.references().values().stream()
                        .filter(reference ->
                                reference.entity().value().equals(entity.name().value())
                                        && reference.referredNames(entity).equals(own))
                        .flatMap(reference -> other.attribute(reference.names().get(0)).stream()))
                .flatMap(referring -> referring.values().skew().keySet().stream())
                .distinct()
                .toList();
    }

    /** The views that are to be refreshed, in an order in which they can. */
    List<Entity> viewEntities() {
        return views.stream().map(ViewContract::entity).toList();
    }

    /** Whether the attribute's values are its own. */
    boolean refersNowhere(Entity entity, Attribute attribute) {
        return entity.references().values().stream()
                .filter(reference -> target(reference).isPresent())
                .noneMatch(
                        reference -> reference.names().contains(attribute.name().value()));
    }

    private static List<String> checks(Entity entity) {
        return entity.checks().values().stream()
                .map(check -> check.expression().value())
                .toList();
    }

    private ValueMaker maker(Entity entity, Attribute attribute, List<String> conditions) {
        String name = attribute.name().value();
        DataType declared = attribute.type().value();
        DataType base = facts.types().of(declared);
        DataType element = base instanceof DataType.Array array ? array.element() : base;
        Optional<Enumeration> labels = element instanceof DataType.Named named
                        && model.types().get(named.name()) instanceof Enumeration enumeration
                ? Optional.of(enumeration)
                : Optional.empty();
        List<String> own = new ArrayList<>();
        conditions.stream().filter(text -> Refusals.mentions(text, attribute)).forEach(own::add);
        attribute.check().ifPresent(check -> own.add(check.value()));
        domainChecks(declared, own);
        boolean identifying =
                Stream.concat(Stream.of(entity.keyNames()), uniqueLists(entity)).anyMatch(key -> key.contains(name));
        return new ValueMaker(
                name,
                base,
                labels,
                identifying,
                attribute.values().skew(),
                attribute.values().distinct().orElse(0),
                Hints.in(own, base));
    }

    static Stream<List<String>> uniqueLists(Entity entity) {
        return Stream.concat(
                entity.uniques().stream().map(unique -> unique.names()),
                entity.indexes().values().stream()
                        .filter(index -> index.unique())
                        .map(index -> index.on().stream()
                                .flatMap(part -> part.expression()
                                        ? entity.attributes().keySet().stream()
                                                .filter(part.text().value()::contains)
                                        : part.attribute().stream())
                                .toList()));
    }

    private void domainChecks(DataType type, List<String> texts) {
        for (TypeDefinition.Domain domain : facts.types().own().domains(type)) {
            domain.check().ifPresent(check -> texts.add(check.value()));
        }
    }

    Optional<Entity> target(Reference reference) {
        return entities.stream()
                .filter(entity ->
                        entity.name().value().equals(reference.entity().value()))
                .findFirst();
    }

    static boolean required(Entity entity, Reference reference) {
        return reference.names().stream()
                .allMatch(name -> entity.attribute(name)
                        .filter(attribute -> !attribute.optional())
                        .isPresent());
    }

    /**
     * Fills tables, those of the entities and of all that they refer to, in one transaction. What has rows already keeps
     * those and gets no more.
     *
     * @param connection in auto-commit mode
     * @param rows how many rows a table gets, where its keys allow so many
     * @throws NoRowsException when a table stays empty
     */
    public Population fill(Connection connection, Collection<Entity> wanted, int rows)
            throws SQLException, NoRowsException {
        Population population = new Population();
        List<Entity> ordered = withParents(wanted);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET CONSTRAINTS ALL DEFERRED");
            List<Entity> empties = new ArrayList<>();
            for (Entity entity : ordered) {
                if (!takeRows(connection, entity, population)) {
                    empties.add(entity);
                }
            }
            Map<Entity, List<List<String>>> promised = new HashMap<>();
            for (Entity entity : awaited(empties)) {
                promised.put(entity, promise(rowsOf(entity, List.of()), rows, population));
            }
            for (Entity entity : empties) {
                new Filling(connection, rowsOf(entity, List.of()), population, promised.getOrDefault(entity, List.of()))
                        .fill(rows);
            }
            for (Entity entity : empties) {
                closeCircles(connection, entity, empties, population);
            }
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
            for (ViewContract view : views) {
                statement.execute("REFRESH MATERIALIZED VIEW " + SQL.table(view.entity()));
            }
            connection.commit();
            return population;
        } catch (SQLException | NoRowsException error) {
            if (!connection.isClosed()) {
                connection.rollback();
            }
            throw error;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }

    /** The rows of the entities that are there already, or some of them, so that they can be referred to. */
    public Population known(Connection connection, Collection<Entity> wanted) throws SQLException {
        Population population = new Population();
        for (Entity entity : wanted) {
            takeRows(connection, entity, population);
        }
        return population;
    }

    /** The attributes of the key and of whatever else is referred to. */
    List<String> referred(Entity entity) {
        return Stream.concat(
                        entity.keyNames().stream(),
                        entities.stream()
                                .flatMap(other -> other.references().values().stream())
                                .filter(reference -> reference
                                        .entity()
                                        .value()
                                        .equals(entity.name().value()))
                                .flatMap(reference -> reference.referredNames(entity).stream()))
                .distinct()
                .toList();
    }

    /** Notes the rows that are there already, and says whether there are any. */
    private boolean takeRows(Connection connection, Entity entity, Population population) throws SQLException {
        List<String> referred = referred(entity);
        List<String> columns = referred.stream()
                .map(name -> SQL.identifier(
                        entity.attribute(name).orElseThrow().column().value()))
                .toList();
        String texts = columns.stream().map(column -> column + "::text").collect(Collectors.joining(", "));
        String sql = "SELECT " + (columns.isEmpty() ? "1" : texts) + " FROM "
                + SQL.table(entity)
                + (columns.isEmpty() ? "" : " ORDER BY " + String.join(", ", columns)) + " LIMIT " + MOST_KNOWN;
        boolean any = false;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                any = true;
                List<@Nullable String> key = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    key.add(row.getString(i));
                }
                if (!key.isEmpty()) {
                    population.add(entity, referred, key);
                }
            }
        }
        return any;
    }

    /** The entities that an earlier one must refer to, and whose rows may come later in the same transaction. */
    private List<Entity> awaited(List<Entity> ordered) {
        return ordered.stream()
                .flatMap(entity -> entity.references().values().stream()
                        .filter(reference -> reference.deferrable() && required(entity, reference))
                        .flatMap(reference -> target(reference).stream())
                        .filter(parent -> ordered.indexOf(parent) > ordered.indexOf(entity)))
                .distinct()
                .toList();
    }

    /** The keys of rows to come, if they can be known before; then they can be referred to. */
    private List<List<String>> promise(RowMaker maker, int rows, Population population) {
        Entity entity = maker.entity();
        SplittableRandom random =
                new SplittableRandom(seed * 17 + entity.name().value().hashCode());
        List<List<String>> keys = new ArrayList<>();
        for (int serial = 0; serial < rows; serial++) {
            maker.key(random, serial).ifPresent(keys::add);
        }
        keys.forEach(key -> population.add(entity, entity.keyNames(), key));
        return keys;
    }

    /** Lets references that had to stay empty, as they lead to a later table, lead there now. */
    private void closeCircles(Connection connection, Entity entity, List<Entity> ordered, Population population)
            throws SQLException {
        for (Reference reference : entity.references().values()) {
            Optional<Entity> parent = target(reference)
                    .filter(candidate -> ordered.indexOf(candidate) > ordered.indexOf(entity))
                    .filter(candidate -> !population
                            .valuesOf(candidate, reference.referredNames(candidate))
                            .isEmpty());
            if (parent.isEmpty() || required(entity, reference) || entity.key().isEmpty()) {
                continue;
            }
            SplittableRandom random =
                    new SplittableRandom(seed ^ entity.name().value().hashCode());
            List<List<String>> parents = population.valuesOf(parent.get(), reference.referredNames(parent.get()));
            String sql = "UPDATE " + SQL.table(entity) + " SET "
                    + equalities(entity, reference.names(), ", ") + " WHERE "
                    + equalities(entity, entity.keyNames(), " AND ");
            for (List<String> key : population.keysOf(entity)) {
                List<String> values = new ArrayList<>(parents.get(random.nextInt(parents.size())));
                values.addAll(key);
                attempt(connection, sql, values, false);
            }
        }
    }

    private static String equalities(Entity entity, List<String> names, String separator) {
        return names.stream()
                .map(name -> entity.attribute(name).orElseThrow())
                .map(attribute -> SQL.identifier(attribute.column().value()) + " = " + RowMaker.placeholder(attribute))
                .collect(Collectors.joining(separator));
    }

    /** What came of a statement: the key that it returns, or the database's reason to refuse it. */
    private record Attempt(Optional<List<@Nullable String>> key, Optional<SQLException> refusal) {}

    /** Runs a statement, undoing it if the database refuses the data. */
    private static Attempt attempt(
            Connection connection, String sql, List<? extends @Nullable String> values, boolean returning)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            Optional<List<@Nullable String>> key = Optional.empty();
            if (returning) {
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    List<@Nullable String> found = new ArrayList<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        found.add(row.getString(i));
                    }
                    key = Optional.of(found);
                }
            } else {
                statement.executeUpdate();
            }
            connection.releaseSavepoint(before);
            return new Attempt(key, Optional.empty());
        } catch (SQLException refused) {
            String state = Optional.ofNullable(refused.getSQLState()).orElse("");
            if (!state.startsWith("23") && !state.startsWith("22")) {
                throw refused;
            }
            connection.rollback(before);
            return new Attempt(Optional.empty(), Optional.of(refused));
        }
    }

    static String sentence(SQLException refusal) {
        return String.valueOf(refusal.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^ERROR: ", "");
    }

    /** Binds texts as values of whatever type they are cast to. */
    public static void bind(PreparedStatement statement, List<? extends @Nullable String> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i), Types.OTHER);
        }
    }

    /** Fills one table. */
    private final class Filling {

        private final Connection connection;
        private final RowMaker maker;
        private final Population population;
        private final List<List<String>> promised;
        private final String sql;

        Filling(Connection connection, RowMaker maker, Population population, List<List<String>> promised) {
            this.connection = connection;
            this.maker = maker;
            this.population = population;
            this.promised = promised;
            Entity entity = maker.entity();
            String returning = referred(entity).stream()
                    .map(name -> SQL.identifier(entity.attribute(name)
                                    .orElseThrow()
                                    .column()
                                    .value())
                            + "::text")
                    .collect(Collectors.joining(", ", " RETURNING ", ""));
            this.sql = maker.insert(1) + (referred(entity).isEmpty() ? "" : returning);
        }

        void fill(int wanted) throws SQLException, NoRowsException {
            int rows = promised.isEmpty() ? wanted : promised.size();
            Entity entity = maker.entity();
            SplittableRandom random =
                    new SplittableRandom(seed * 31 + entity.name().value().hashCode());
            for (int serial = 0; serial < rows; serial++) {
                Optional<String> refusal = insert(random, serial);
                if (refusal.isPresent() && (serial == 0 || !promised.isEmpty())) {
                    throw new NoRowsException(
                            entity.name().value(),
                            "no row of `" + entity.name() + "` could be made up that the database accepts: "
                                    + refusal.get());
                }
                if (refusal.isPresent()) {
                    // Its keys have no more values; what is there must do
                    return;
                }
            }
        }

        /** Inserts a row, and says why that is not possible if it is not. */
        private Optional<String> insert(SplittableRandom random, long serial) throws SQLException {
            String refusal = "";
            Optional<Row> row = Optional.empty();
            for (int i = 0; i < ATTEMPTS; i++) {
                row = row.isPresent() ? row : maker.draw(random, serial, i, population, Map.of());
                if (row.isEmpty()) {
                    return Optional.of("what it must refer to has no rows, as they refer to each other in a circle");
                }
                Row drawn = promised.isEmpty() ? row.get() : row.get().withKey(promised.get((int) serial));
                Attempt attempt = attempt(
                        connection,
                        sql,
                        drawn.inOrder(),
                        !referred(maker.entity()).isEmpty());
                if (attempt.refusal().isEmpty()) {
                    if (promised.isEmpty()) {
                        attempt.key().ifPresent(key -> population.add(maker.entity(), referred(maker.entity()), key));
                    }
                    return Optional.empty();
                }
                refusal = sentence(attempt.refusal().get());
                row = maker.redraw(drawn, attempt.refusal().get(), random, serial, i);
            }
            return Optional.of(refusal);
        }
    }
}
