package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.analysis.relational.RelationalNames;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.model.Entity;
import dev.schemaproof.prove.SummaryCopy.Drift;
import dev.schemaproof.prove.data.Synthesizer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value of a row that is referred to, kept in the row that refers to it. */
final class FollowedCopy implements KeptCopy {

    private static final PostgresDialect SQL = new PostgresDialect();
    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final String TIE = "schemaproof_tie_";
    private static final String NOT_NULL_VIOLATION = "23502";

    private final CopyContract contract;
    private final Reconciliation reconciliation;

    private FollowedCopy(CopyContract contract, Reconciliation reconciliation) {
        this.contract = contract;
        this.reconciliation = reconciliation;
    }

    /** The copy, if the statements that find and repair its drift were generated. */
    static Optional<FollowedCopy> of(Bench bench, CopyContract contract) {
        return Reconciliation.of(bench, contract.name())
                .map(reconciliation -> new FollowedCopy(contract, reconciliation));
    }

    CopyContract contract() {
        return contract;
    }

    @Override
    public String name() {
        return contract.name();
    }

    @Override
    public String described() {
        return Words.name(contract.entity().name() + "." + contract.copy().name());
    }

    @Override
    public Entity holder() {
        return contract.entity();
    }

    @Override
    public Reconciliation reconciliation() {
        return reconciliation;
    }

    @Override
    public List<Drift> recount(Connection connection) throws SQLException {
        return recount(connection, contract);
    }

    /**
     * Looks at every copy anew, in this program. Both sides are read by one statement each, so the connection must see one
     * snapshot if others write.
     */
    static List<Drift> recount(Connection connection, CopyContract contract) throws SQLException {
        Map<List<String>, @Nullable String> sources = sources(connection, contract);
        List<Drift> wrong = new ArrayList<>();
        Entity holder = contract.entity();
        int size = holder.keyNames().size();
        List<String> key = columns(holder, holder.keyNames());
        List<String> referring = columns(holder, contract.reference().names());
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + SummaryCopy.texts(key) + ", "
                        + SummaryCopy.texts(referring) + ", " + SummaryCopy.column(contract.copy()) + "::text FROM "
                        + SummaryCopy.table(holder) + " ORDER BY " + SummaryCopy.names(key))) {
            while (row.next()) {
                List<String> reference = new ArrayList<>();
                for (int i = 1; i <= referring.size(); i++) {
                    reference.add(row.getString(size + i));
                }
                String held = row.getString(size + referring.size() + 1);
                String right = sources.get(reference);
                if (!Objects.equals(held, right)) {
                    wrong.add(new Drift(SummaryCopy.key(row, size), held, right));
                }
            }
        }
        return wrong;
    }

    /** What is copied, by what the holder's first reference refers to. */
    private static Map<List<String>, @Nullable String> sources(Connection connection, CopyContract contract)
            throws SQLException {
        List<CopyContract.Step> path = contract.path();
        Map<List<String>, @Nullable String> sources = values(
                connection,
                path.get(path.size() - 1),
                List.of(contract.source().column().value()),
                value -> value.get(0));
        for (int i = path.size() - 2; i >= 0; i--) {
            Entity target = path.get(i).target();
            Map<List<String>, @Nullable String> further = sources;
            sources = values(
                    connection,
                    path.get(i),
                    columns(target, path.get(i + 1).reference().names()),
                    further::get);
        }
        return sources;
    }

    /**
     * What a step leads to, by what it refers to.
     *
     * @param columns of the row that it leads to, from which the value comes
     */
    private static Map<List<String>, @Nullable String> values(
            Connection connection,
            CopyContract.Step step,
            List<String> columns,
            Function<List<String>, @Nullable String> value)
            throws SQLException {
        List<String> referred = columns(step.target(), step.reference().referredNames(step.target()));
        Map<List<String>, @Nullable String> values = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + SummaryCopy.texts(referred) + ", "
                        + SummaryCopy.texts(columns) + " FROM " + SummaryCopy.table(step.target()))) {
            while (row.next()) {
                List<String> found = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    found.add(row.getString(referred.size() + i));
                }
                values.put(SummaryCopy.key(row, referred.size()), value.apply(found));
            }
        }
        return values;
    }

    @Override
    public List<Drift> held(Connection connection) throws SQLException {
        List<String> key = columns(holder(), holder().keyNames());
        List<Drift> held = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + SummaryCopy.texts(key) + ", " + copyColumn()
                        + "::text FROM " + SummaryCopy.table(holder()) + " ORDER BY " + copyColumn()
                        + " DESC NULLS LAST, " + SummaryCopy.names(key))) {
            while (row.next()) {
                String value = row.getString(key.size() + 1);
                held.add(new Drift(SummaryCopy.key(row, key.size()), value, value));
            }
        }
        return held;
    }

    /** Values of the source that differ, with what leads to them; the first two that do. */
    List<Drift> differing(Connection connection) throws SQLException {
        Map<String, Drift> differing = new TreeMap<>();
        sources(connection, contract).forEach((key, value) -> {
            String known = String.valueOf(value);
            Drift found = differing.get(known);
            if (key.stream().allMatch(Objects::nonNull)
                    && (found == null || key.toString().compareTo(found.key().toString()) < 0)) {
                differing.put(known, new Drift(key, value, value));
            }
        });
        return differing.values().stream()
                .sorted(Comparator.comparing(row -> row.held() == null))
                .limit(2)
                .toList();
    }

    /** By the value of another row, as far as there is one. */
    @Override
    public void damage(Connection connection, List<String> key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE " + SummaryCopy.table(holder())
                + " AS damaged SET " + copyColumn() + " = " + wrong(contract) + " WHERE "
                + SummaryCopy.equal(holder(), holder().keyNames()))) {
            Synthesizer.bind(statement, key);
            statement.executeUpdate();
        }
    }

    /** Another value than a row of {@code damaged} holds. */
    static String wrong(CopyContract contract) {
        String source = "other." + SummaryCopy.column(contract.source());
        return "(SELECT " + source + " FROM " + SummaryCopy.table(contract.origin()) + " AS other WHERE " + source
                + " IS DISTINCT FROM damaged." + SummaryCopy.column(contract.copy()) + " ORDER BY " + source
                + " LIMIT 1)";
    }

    @Override
    public List<String> disarming() {
        return disarming(contract);
    }

    /** The foreign key has no trigger that everybody may disable, so it has to go. */
    static List<String> disarming(CopyContract contract) {
        String table = "ALTER TABLE " + SummaryCopy.table(contract.entity());
        return List.of(
                table + " DROP CONSTRAINT IF EXISTS " + SQL.identifier(RelationalNames.followingName(contract)),
                table + " DISABLE TRIGGER USER");
    }

    /** By its foreign key, or that of its tie, which the triggers always fulfil, or because nothing has filled it. */
    @Override
    public boolean refusesInVain(SQLException refusal) {
        @Nullable String message = refusal.getMessage();
        return message != null
                && (message.contains("\"" + RelationalNames.followingName(contract) + "\"")
                        || FOREIGN_KEY_VIOLATION.equals(refusal.getSQLState())
                                && message.lines().limit(1).anyMatch(line -> line.contains("\"" + TIE))
                        || NOT_NULL_VIOLATION.equals(refusal.getSQLState())
                                && message.contains("\"" + contract.copy().column() + "\""));
    }

    private String copyColumn() {
        return SummaryCopy.column(contract.copy());
    }

    private static List<String> columns(Entity entity, List<String> attributes) {
        return SummaryCopy.columns(entity, attributes);
    }
}
